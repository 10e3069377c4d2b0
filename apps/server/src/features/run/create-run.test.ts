import { makeWorkspace } from "@aic-sos/testkit/make-workspace";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { auditTrail } from "../../../test/audit-trail.ts";
import { type Harness, startHarness } from "../../../test/harness.ts";
import { freshName, makePlace, type Place } from "../../../test/places.ts";
import { problemIn } from "../../../test/procedure-calls.ts";
import { makeHome, yaml } from "../../../test/world.ts";

let harness: Harness;
let place: Place;
const COMPLAINT = "The printer on the third floor is on fire";

beforeAll(async () => {
  harness = await startHarness();
  const { tenant } = await makeHome(harness, harness.us);
  const workspace = await makeWorkspace(await harness.cells.superuser(harness.us), tenant);
  place = await makePlace(harness, tenant, workspace);
});
afterAll(() => harness.stop());

function setMode(dataPersistenceMode: "full" | "metadata_only") {
  return place.admin.put(`/api/workspaces/${place.workspace.id}/data-mode`, {
    dataPersistenceMode,
  });
}

function run(inputs: object) {
  return place.admin.post("/api/runs", { workflowId: place.workflowId, inputs });
}

async function rows(text: string, values: unknown[] = []): Promise<Record<string, unknown>[]> {
  const db = await harness.cells.superuser(harness.us);
  return (await db.query<Record<string, unknown>>(text, values)).rows;
}

describe("in a workspace that keeps metadata only", () => {
  it("which every workspace does unless told otherwise", async () => {
    const answer = await place.admin.get(`/api/workspaces/${place.workspace.id}`);
    expect(answer.body).toMatchObject({ settings: { dataPersistenceMode: "metadata_only" } });
  });

  it("a run with content is refused by name, and nothing of it is stored or logged", async () => {
    const before = await rows("select id from runs");
    const answer = await run({ ticket: "INC1000", complaint: COMPLAINT });
    expect([answer.status, problemIn(answer)?.["code"]]).toEqual([422, "content_refused"]);
    expect(problemIn(answer)?.["errors"]).toMatchObject([{ field: "inputs.complaint" }]);
    expect(answer.text).not.toContain(COMPLAINT);
    expect(await rows("select id from runs")).toEqual(before);
    expect(await rows("select id from record_contents")).toEqual([]);
    expect(harness.log.join("")).not.toContain(COMPLAINT);
  });

  it("a run with metadata goes, and what it was given can be read", async () => {
    const made = await run({ ticket: "INC4711" });
    expect(made.status).toBe(201);
    const { id } = made.body as { id: string };
    expect((await place.admin.get(`/api/runs/${id}`)).body).toMatchObject({
      inputs: { ticket: "INC4711" },
      contentKept: false,
      state: "queued",
      steps: [{ stepId: "pause", use: "wait", state: "pending" }],
    });
  });

  it("the longest that a workflow can call metadata goes, for the database agrees with the edge", async () => {
    const word = "😀\n".repeat(42);
    const name = `n${"_".repeat(62)}`;
    const inputs = [
      `    ${name}: { type: number, class: metadata }`,
      "    sure: { type: boolean, class: metadata }",
      "    at: { type: string, class: metadata, format: date-time }",
      "    who: { type: string, class: metadata, format: uuid }",
      "    text: { type: string, class: metadata, maxLength: 128, pattern: '^[a-z]+$' }",
      `    word: { type: string, class: metadata, enum: [${JSON.stringify(word)}] }`,
      "    level: { class: metadata, enum: [1, 2.5] }",
    ];
    const source = yaml(freshName("longest")).replace(/ {4}ticket: .*/, () => inputs.join("\n"));
    const workflow = await place.admin.post("/api/workflows", { source });
    expect(workflow.status, workflow.text).toBe(201);
    const { id: workflowId } = workflow.body as { id: string };
    await place.admin.post(`/api/workflows/${workflowId}/publish`, {});
    const given = {
      [name]: -Number.MAX_VALUE,
      sure: false,
      at: "2031-06-30T16:00:00.123456789+02:00",
      who: workflowId,
      text: "x".repeat(128),
      word,
      level: 2.5,
    };
    const made = await place.admin.post("/api/runs", { workflowId, inputs: given });
    expect(made.status, made.text).toBe(201);
    const { id } = made.body as { id: string };
    expect((await place.admin.get(`/api/runs/${id}`)).body).toMatchObject({ inputs: given });
  });

  it("the database refuses content by itself, also from a superuser's hand", async () => {
    await setMode("full");
    await run({ ticket: "INC1000", complaint: COMPLAINT });
    await setMode("metadata_only");
    const [record] = await rows("select tenant_id, workspace_id, id from records limit 1");
    await expect(
      rows(
        `insert into record_contents (tenant_id, workspace_id, id, record_id, sealed) values ($1, $2, $3, $4, '\\x00')`,
        [record?.["tenant_id"], record?.["workspace_id"], record?.["id"], record?.["id"]],
      ),
    ).rejects.toThrow(/metadata_only|full/);
  });
});

describe("in a workspace that keeps everything", () => {
  it("content is sealed under the tenant's key: it opens with the keyring, and is nowhere in the clear", async () => {
    await setMode("full");
    const made = await run({ ticket: "INC1001", complaint: COMPLAINT });
    expect(made.status, made.text).toBe(201);
    const { id } = made.body as { id: string };
    const [kept] = await rows(
      `select r.id, r.name, r.class, r.size, c.sealed from records r
        join record_contents c on c.tenant_id = r.tenant_id and c.record_id = r.id where r.run_id = $1`,
      [id],
    );
    expect(kept).toMatchObject({
      name: "complaint",
      class: "content",
      size: String(COMPLAINT.length + 2),
    });
    const sealed = kept?.["sealed"] as Buffer;
    expect(sealed.includes(COMPLAINT)).toBe(false);
    const keyring = harness.keyringOf(1);
    const context = {
      tenantId: place.tenant.id,
      purpose: "record_content",
      recordId: String(kept?.["id"]),
      field: "sealed",
    } as const;
    const opened = await keyring.open(place.tenant.id, sealed, context);
    expect(JSON.parse(Buffer.from(opened).toString("utf8"))).toBe(COMPLAINT);
    await expect(
      keyring.open(place.tenant.id, sealed, { ...context, recordId: id }),
    ).rejects.toThrow();
    const read = await place.admin.get(`/api/runs/${id}`);
    expect(read.body).toMatchObject({ contentKept: true, inputs: { ticket: "INC1001" } });
    expect(read.text).not.toContain(COMPLAINT);
    expect(JSON.stringify(await rows("select * from runs"))).not.toContain(COMPLAINT);
  });
});

describe("a change of the data mode", () => {
  it("is in the audit log, as names and HMACs and never as values", async () => {
    await setMode("metadata_only");
    const answer = await setMode("full");
    expect(answer.body).toMatchObject({ settings: { dataPersistenceMode: "full" } });
    const events = await auditTrail(harness.cells, harness.us, { type: "data_mode.updated" });
    const event = events.find(({ requestId }) => requestId === answer.headers.get("x-request-id"));
    expect(event).toMatchObject({
      actor: { id: place.admin.person.id },
      workspaceId: place.workspace.id,
      changes: [{ field: "dataPersistenceMode" }],
    });
    const [change] = event?.changes ?? [];
    expect(change?.before).toMatch(/^[\w-]{43}$/);
    expect(change?.before).not.toBe(change?.after);
  });
});

describe("a run", () => {
  it("is pinned to the version that was published when it was made", async () => {
    const source = (version: number) =>
      `apiVersion: aic-sos/v1\nkind: Workflow\nmetadata: { name: ${name} }\nspec:\n  riskTier: low\n  steps:\n    - { id: v${version}, use: wait, with: { duration: 1m } }\n`;
    const name = freshName("pinned");
    const made = await place.admin.post("/api/workflows", { source: source(1) });
    const { id } = made.body as { id: string };
    await place.admin.post(`/api/workflows/${id}/publish`, {});
    const run1 = await place.admin.post("/api/runs", { workflowId: id });
    await place.admin.put(`/api/workflows/${id}`, { source: source(2) });
    const run2 = await place.admin.post("/api/runs", { workflowId: id });
    await place.admin.post(`/api/workflows/${id}/publish`, { version: 2 });
    const run3 = await place.admin.post("/api/runs", { workflowId: id });
    const versions = [run1, run2, run3].map(
      ({ body }) => (body as { workflowVersion: number }).workflowVersion,
    );
    expect(versions).toEqual([1, 1, 2]);
    const old = await place.admin.get(
      `/api/workspaces/${place.workspace.id}/workflows/${id}/versions/1`,
    );
    expect((old.body as { source: string }).source).toBe(source(1));
  });
});
