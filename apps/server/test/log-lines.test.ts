import { makeWorkspace } from "@aic-sos/testkit/make-workspace";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Harness, startHarness } from "./harness.ts";
import type { Answer } from "./http-caller.ts";
import { bearer, signInApp } from "./native-app.ts";
import { type Actor, makeActor, makeHome } from "./world.ts";

let harness: Harness;
let home: Awaited<ReturnType<typeof makeHome>>;
let actor: Actor;

beforeAll(async () => {
  harness = await startHarness();
  home = await makeHome(harness, harness.us);
  actor = await makeActor(harness, home.tenant, { role: "Auditor" });
});
afterAll(() => harness?.stop());

/** What the log says of the request that had this answer. */
async function lineOf({ headers }: Answer): Promise<unknown> {
  const requestId = headers.get("x-request-id") ?? "none";
  const find = () => harness.log.find((line) => line.includes(requestId));
  await expect.poll(find).toBeDefined();
  return JSON.parse(find() ?? "{}");
}

describe("the log line of a request", () => {
  it("says who asked, of which tenant, in which workspace and region, and how they proved it", async () => {
    const who = { tenantId: home.tenant.id, principalId: actor.person.id, region: "us-east-1" };
    const workspaceId = home.workspace.id;
    const bySession = await actor.get(`/api/workflows/${workspaceId}`);
    expect(await lineOf(bySession)).toMatchObject({
      ...who,
      workspaceId,
      authentication: "session",
    });
    const app = bearer(harness.url, await signInApp(harness, actor));
    const byToken = await app.get(`/api/workflows/${workspaceId}`);
    expect(await lineOf(byToken)).toMatchObject({
      ...who,
      workspaceId,
      authentication: "access_token",
    });
    const ofNone = (await lineOf(await actor.get("/api/me"))) as Record<string, unknown>;
    expect(ofNone).toMatchObject({ ...who, authentication: "session" });
    expect(ofNone).not.toHaveProperty("workspaceId");
  });

  it("of a batch into several workspaces names none of them alone", async () => {
    const other = await makeWorkspace(await harness.cells.superuser(harness.us), home.tenant);
    const inputs = [home.workspace, other].map(({ id }) => ({ workspaceId: id }));
    const query = new URLSearchParams({
      batch: "1",
      input: JSON.stringify({ 0: inputs[0], 1: inputs[1] }),
    });
    const answer = await actor.get(`/trpc/workflow.list,workflow.list?${query.toString()}`);
    expect(answer.status, answer.text).toBe(200);
    expect(await lineOf(answer)).toMatchObject({ workspaceId: "*" });
  });
});
