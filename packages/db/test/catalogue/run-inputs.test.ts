import { type FreshCells, freshCells } from "@aic-sos/testkit/fresh-cells";
import { freshId } from "@aic-sos/testkit/make-id";
import type { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connected, enterScope, rolledBack, sqlState } from "./catalogue.ts";
import { type FullTenant, fillTenant, insert } from "./fixture.ts";

const REFUSED = "23514";

let cells: FreshCells;
let superuser: Client;
let app: Client;
let full: FullTenant;

beforeAll(async () => {
  cells = await freshCells();
  superuser = await cells.superuser(cells.us);
  full = await fillTenant(superuser, cells.us);
  app = await connected(cells.us.urls.app);
});
afterAll(async () => {
  await app?.end();
  await cells?.drop();
});

/** What becomes of a run with these inputs, written by hand in its scope. */
function written(db: Client, inputs: unknown): Promise<string> {
  return rolledBack(db, async () => {
    await enterScope(db, full.tenant.id, full.workspace.id);
    const run = {
      tenant_id: full.tenant.id,
      workspace_id: full.workspace.id,
      id: freshId(cells.us.code),
      workflow_id: full.workflowId,
      workflow_version_id: full.versionId,
      environment: "prod",
      trigger: "manual",
      requested_by: full.userId,
      inputs: JSON.stringify(inputs),
    };
    return sqlState(insert(db, "runs", run));
  });
}

describe("the inputs of a run's row", () => {
  it.each([
    ["nothing", {}],
    ["a number", { affectedUsers: 12.5, least: -0, most: Number.MAX_VALUE }],
    ["a boolean", { privileged: false }],
    ["a time", { until: "2031-06-30T16:00:00.000Z" }],
    ["a text of 128 characters", { ticket: "x".repeat(128) }],
    ["a word of an enum, with a line end and letters beyond the first plane", { word: "a\n😀" }],
    ["a name of 63 characters", { [`a${"B_9".repeat(20)}xy`]: 1 }],
  ])("may hold %s", async (_, inputs) => {
    expect(await written(app, inputs)).toBe("none");
  });

  it.each([
    ["a text of 129 characters", { ticket: "x".repeat(129) }],
    ["a long text of many lines", { ticket: "prose\n".repeat(30) }],
    ["a long text beside a short one", { a: "short", b: "x".repeat(500) }],
    ["an object", { complaint: { text: "prose" } }],
    ["an empty object", { complaint: {} }],
    ["a list", { lines: ["prose"] }],
    ["an empty list", { lines: [] }],
    ["null", { ticket: null }],
    ["a name that says something", { "My printer burns": 1 }],
    ["a name of 64 characters", { ["a".repeat(64)]: 1 }],
    ["a list for all", ["prose"]],
    ["a text for all", "prose"],
  ])("cannot hold %s, not even by hand of a superuser", async (_, inputs) => {
    expect(await written(app, inputs)).toBe(REFUSED);
    expect(await written(superuser, inputs)).toBe(REFUSED);
  });
});
