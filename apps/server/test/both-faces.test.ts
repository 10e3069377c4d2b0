import { makeWorkspace } from "@aic-sos/testkit/make-workspace";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { auditTrail } from "./audit-trail.ts";
import { type Harness, startHarness } from "./harness.ts";
import type { Answer } from "./http-caller.ts";
import { freshName } from "./places.ts";
import { problemIn } from "./procedure-calls.ts";
import { type Actor, makeActor, makeHome, yaml } from "./world.ts";

let harness: Harness;
let home: Awaited<ReturnType<typeof makeHome>>;
let actor: Actor;

beforeAll(async () => {
  harness = await startHarness();
  home = await makeHome(harness, harness.us);
  actor = await makeActor(harness, home.tenant, { role: "Operator", workspace: home.workspace });
});
afterAll(() => harness?.stop());

const withKey = (key: string) => ({ headers: { "idempotency-key": key } });

async function count(text: string, values: unknown[]): Promise<number> {
  const db = await harness.cells.superuser(harness.us);
  const { rows } = await db.query<{ count: string }>(text, values);
  return Number(rows[0]?.count);
}

/** What a procedure answered, on either face. */
function resultIn({ body }: Answer): unknown {
  return (body as { result?: { data: unknown } }).result?.data ?? body;
}

const TIMES = Array.from({ length: 4 });

describe("one idempotency key at once on both faces", () => {
  it("has one effect, and everybody its answer", async () => {
    const [name, key] = [freshName("faces"), freshName("key")];
    const input = { source: yaml(name) };
    const answers = await Promise.all(
      TIMES.flatMap(() => [
        actor.post("/api/workflows", input, withKey(key)),
        actor.mutate("workflow.create", input, withKey(key)),
      ]),
    );
    expect(answers.map(({ status }) => status).filter((status) => status >= 300)).toEqual([]);
    expect(new Set(answers.map((answer) => JSON.stringify(resultIn(answer)))).size).toBe(1);
    expect(await count("select count(*) from workflows where name = $1", [name])).toBe(1);
  });

  it("with another body on each has the effect of one of them; the other is told so", async () => {
    const [one, other, key] = [freshName("one"), freshName("other"), freshName("key")];
    const answers = await Promise.all(
      TIMES.flatMap(() => [
        actor.post("/api/workflows", { source: yaml(one) }, withKey(key)),
        actor.mutate("workflow.create", { source: yaml(other) }, withKey(key)),
      ]),
    );
    const refused = answers.filter(({ status }) => status >= 300);
    expect(refused).toHaveLength(TIMES.length);
    for (const answer of refused)
      expect(problemIn(answer)?.["code"]).toBe("idempotency_key_reused");
    expect(await count("select count(*) from workflows where name in ($1, $2)", [one, other])).toBe(
      1,
    );
  });

  it("ends a session, and says so to all", async () => {
    const key = freshName("key");
    const leaving = await makeActor(harness, home.tenant);
    const answers = await Promise.all(
      TIMES.flatMap(() => [
        leaving.delete("/api/session", withKey(key)),
        leaving.mutate("session.end", {}, withKey(key)),
      ]),
    );
    // Who comes after it has ended is nobody any more.
    const others = answers.filter(({ status }) => status !== 200 && status !== 401);
    expect(others.map(({ text }) => text)).toEqual([]);
    const ended = answers.filter(({ status }) => status === 200).map(resultIn);
    expect(new Set(ended.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(ended[0]).toEqual({ id: leaving.credentialId, redirectTo: `${harness.url}/login` });
  });
});

describe("a batch whose calls name different workspaces", () => {
  it("has each decided for itself, by a decision of its own, and shows of each what its caller may see", async () => {
    const other = await makeWorkspace(await harness.cells.superuser(harness.us), home.tenant);
    const [foreign, abroad] = [
      await makeHome(harness, harness.us),
      await makeHome(harness, harness.eu),
    ];
    const ids = [home.workspace.id, other.id, foreign.workspace.id, abroad.workspace.id];
    const input = Object.fromEntries(ids.map((workspaceId, at) => [at, { workspaceId }]));
    const path = ids.map(() => "workflow.list").join(",");
    const answer = await actor.get(
      `/trpc/${path}?batch=1&input=${encodeURIComponent(JSON.stringify(input))}`,
    );
    expect(answer.status).toBe(207);
    const [mine, ...denied] = answer.body as {
      result?: { data: { items: { workspaceId: string }[] } };
    }[];
    expect(mine?.result?.data.items.length).toBeGreaterThan(0);
    expect(
      denied.map((one) => problemIn({ ...answer, body: one })?.["code"]),
      answer.text,
    ).toEqual(["not_found", "not_found", "region_mismatch"]);
    const events = await auditTrail(harness.cells, harness.us, {
      requestId: answer.headers.get("x-request-id"),
      class: "decision",
    });
    expect(events.filter(({ outcome }) => outcome === "allow")).toHaveLength(1);
    expect(events).toHaveLength(ids.length);
    expect(new Set(events.map(({ decisionId }) => decisionId)).size).toBe(ids.length);
  });

  it("makes what is allowed, and gives a receipt of that alone", async () => {
    const other = await makeWorkspace(await harness.cells.superuser(harness.us), home.tenant);
    const [made, denied] = [freshName("made"), freshName("denied")];
    const answer = await actor.post("/trpc/workflow.create,workflow.create?batch=1", {
      0: { workspaceId: other.id, source: yaml(denied) },
      1: { workspaceId: home.workspace.id, source: yaml(made) },
    });
    expect(answer.status).toBe(207);
    expect(await count("select count(*) from workflows where name = $1", [denied])).toBe(0);
    expect(
      await count("select count(*) from workflows where name = $1 and workspace_id = $2", [
        made,
        home.workspace.id,
      ]),
    ).toBe(1);
    const [receipt, ...more] = (answer.headers.get("aic-audit-id") ?? "").split(", ");
    expect(more).toEqual([]);
    expect(await auditTrail(harness.cells, harness.us, { id: receipt })).toMatchObject([
      { type: "workflow.created", workspaceId: home.workspace.id },
    ]);
  });
});
