import type { Invitation } from "@aic-sos/contract/invitations";
import { makeWorkspace } from "@aic-sos/testkit/make-workspace";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Harness, startHarness } from "../../../test/harness.ts";
import { freshName, makePlace, type Place } from "../../../test/places.ts";
import { type Actor, makeActor, makeHome } from "../../../test/world.ts";

let harness: Harness;
let place: Place;
let neighbour: Place;
let boss: Actor;

beforeAll(async () => {
  harness = await startHarness();
  const { tenant, workspace } = await makeHome(harness, harness.us);
  const db = await harness.cells.superuser(harness.us);
  place = await makePlace(harness, tenant, workspace);
  neighbour = await makePlace(harness, tenant, await makeWorkspace(db, tenant));
  boss = await makeActor(harness, tenant, { role: "WorkspaceAdmin" });
});
afterAll(() => harness.stop());

async function invite(more: object = {}, by = place.admin): Promise<{ id: string; url: string }> {
  const body = { email: `${freshName("new")}@example.test`, role: "Operator", ...more };
  const answer = await by.post("/api/members/invitations", body);
  expect(answer.status, answer.text).toBe(201);
  return answer.body as { id: string; url: string };
}

async function open(by: Actor): Promise<Invitation[]> {
  const answer = await by.get("/api/members/invitations?limit=100");
  return (answer.body as { items: Invitation[] }).items;
}

describe("an open invitation", () => {
  it("is listed without its link, and revoked by those who could have made it", async () => {
    const { id, url } = await invite();
    const found = (await open(place.admin)).find((item) => item.id === id);
    expect(found).toMatchObject({
      role: "Operator",
      state: "open",
      workspaceId: place.workspace.id,
    });
    expect(JSON.stringify(found)).not.toContain(url.split("/").at(-1));
    expect((await place.admin.delete(`/api/members/invitations/${id}`)).status).toBe(200);
    expect((await open(place.admin)).map((item) => item.id)).not.toContain(id);
    expect((await place.admin.delete(`/api/members/invitations/${id}`)).status).toBe(404);
  });

  it("of another workspace, or of the whole tenant, is not theirs to revoke", async () => {
    const there = await invite({}, neighbour.admin);
    const wide = await invite({ tenantWide: true }, boss);
    expect((await open(place.admin)).map(({ id }) => id)).not.toContain(there.id);
    for (const { id } of [there, wide]) {
      expect((await place.admin.delete(`/api/members/invitations/${id}`)).status).toBe(404);
    }
    const path = `/api/members/invitations/${wide.id}?tenantWide=true`;
    expect((await boss.delete(path)).status).toBe(200);
  });
});
