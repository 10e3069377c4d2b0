import { sealOnce } from "@aic-sos/db/sealer";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Harness, startHarness } from "./harness.ts";
import { freshName, makePlace, type Place } from "./places.ts";
import { callRest, procedureOf } from "./procedure-calls.ts";
import { type Actor, makeActor, makeHome, yaml } from "./world.ts";

let harness: Harness;
let place: Place;
let auditor: Actor;
let operator: Actor;
let workflowId: string;
const began = new Date().toISOString();

interface Event {
  readonly id: string;
  readonly time: string;
  readonly type: string;
  readonly permission: string | null;
  readonly outcome: string | null;
  readonly actor: { readonly id: string };
  readonly resource: { readonly type: string; readonly id: string } | null;
  readonly workspaceId: string | null;
}

async function search(query: Record<string, string>, by: Actor = auditor) {
  const { status, body, text } = await by.get(
    `/api/audit-events?${new URLSearchParams({ limit: "100", tenantWide: String(query["workspaceId"] === undefined), ...query }).toString()}`,
  );
  expect([status, text.slice(0, 300)]).toEqual([200, text.slice(0, 300)]);
  return (body as { items: Event[] }).items;
}

beforeAll(async () => {
  harness = await startHarness();
  const { tenant, workspace } = await makeHome(harness, harness.us);
  place = await makePlace(harness, tenant, workspace);
  auditor = await makeActor(harness, tenant, { role: "Auditor" });
  operator = await makeActor(harness, tenant, { role: "Operator", workspace });
  const made = await callRest(operator, procedureOf("workflow.create"), {
    workspaceId: workspace.id,
    source: yaml(freshName("searched")),
  });
  workflowId = (made.body as { id: string }).id;
  await callRest(operator, procedureOf("audit.listEvents"), { workspaceId: workspace.id });
  // Whoever seals, the server's own sealer or this: nothing waits afterwards.
  await sealOnce(harness.us.code);
  while ((await search({ actorId: operator.person.id })).length < 3)
    await sealOnce(harness.us.code);
});
afterAll(() => harness.stop());

describe("searching the audit log over HTTP", () => {
  it("finds what somebody did, what of it was denied, and what was about one thing", async () => {
    const did = await search({ actorId: operator.person.id });
    expect(new Set(did.map(({ actor }) => actor.id))).toEqual(new Set([operator.person.id]));
    const denied = await search({ actorId: operator.person.id, outcome: "deny" });
    expect(denied.map(({ permission, outcome }) => [permission, outcome])).toEqual([
      ["audit_event:read", "deny"],
    ]);
    const asked = await search({ action: "workflow:create", actorId: operator.person.id });
    expect(asked.map(({ type }) => type)).toEqual(["decision.allowed"]);
    const about = await search({ resourceType: "workflow", resourceId: workflowId });
    expect(about.map(({ type }) => type)).toEqual(["workflow.created"]);
  });

  it("finds all of a noun: what was asked for and what has happened", async () => {
    const workflows = await search({ action: "workflow", actorId: operator.person.id });
    expect(workflows.map(({ type }) => type).toSorted()).toEqual([
      "decision.allowed",
      "workflow.created",
    ]);
    expect(await search({ action: "unicorn" })).toEqual([]);
  });

  it("finds a stretch of time, its begin included and its end not", async () => {
    const [last] = await search({ actorId: operator.person.id });
    const time = last?.time ?? "";
    const after = new Date(Date.parse(time) + 1).toISOString();
    const then = await search({ actorId: operator.person.id, from: time, to: after });
    expect(then.map(({ id }) => id)).toContain(last?.id);
    const before = await search({ actorId: operator.person.id, from: began, to: time });
    expect(before.map(({ id }) => id)).not.toContain(last?.id);
    expect(await search({ actorId: operator.person.id, to: began })).toEqual([]);
  });

  it("finds in a workspace only what happened there", async () => {
    const here = await search({ workspaceId: place.workspace.id, class: "change" });
    expect(new Set(here.map(({ workspaceId }) => workspaceId))).toEqual(
      new Set([place.workspace.id]),
    );
  });

  it("goes through everything page by page, each event once", async () => {
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const { body } = await auditor.get(
        `/api/audit-events?tenantWide=true&action=workflow&limit=1${cursor === null ? "" : `&cursor=${cursor}`}`,
      );
      const page = body as { items: Event[]; nextCursor: string | null };
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(seen).toEqual((await search({ action: "workflow" })).map(({ id }) => id));
    expect(new Set(seen).size).toBe(seen.length);
  });

  it("says what is wrong with a filter that cannot be", async () => {
    for (const [query, field] of [
      ["resourceId=x", "resourceType"],
      ["action=Workflow%25", "action"],
      ["outcome=perhaps", "outcome"],
      ["from=yesterday", "from"],
      ["cursor=17", "cursor"],
    ] as const) {
      const { status, text } = await auditor.get(`/api/audit-events?tenantWide=true&${query}`);
      expect([query, status]).toEqual([query, 400]);
      expect(text).toContain(field);
    }
  });

  it("is itself in the log", async () => {
    await expect
      .poll(
        async () =>
          (await search({ action: "audit_event:read", actorId: auditor.person.id })).length,
        {
          timeout: 10_000,
        },
      )
      .toBeGreaterThan(1);
  });
});
