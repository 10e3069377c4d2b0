import { fromBase64 } from "@aic-sos/audit/base64";
import { leafHash } from "@aic-sos/audit/chain";
import { openCheckpoint } from "@aic-sos/audit/checkpoint";
import { verifyConsistency, verifyInclusion } from "@aic-sos/audit/merkle-verify";
import { parseVerifierKey } from "@aic-sos/audit/signed-note";
import { freshId } from "@aic-sos/testkit/make-id";
import { makeWorkspace } from "@aic-sos/testkit/make-workspace";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  auditCommand,
  checkpointFolder,
  coveredUpTo,
  exportedNotes,
  withFolder,
} from "./audit-evidence.ts";
import { type Harness, startHarness } from "./harness.ts";
import { freshName, makePlace, type Place } from "./places.ts";
import { callRest, callTrpc, mutations, problemIn, procedureOf } from "./procedure-calls.ts";
import { type Actor, makeActor, makeHome, yaml } from "./world.ts";

let harness: Harness;
let place: Place;
/** Of the whole tenant. */
let auditor: Actor;
/** Of another workspace only. */
let elsewhere: Actor;

beforeAll(async () => {
  harness = await startHarness();
  const { tenant, workspace } = await makeHome(harness, harness.us);
  place = await makePlace(harness, tenant, workspace);
  auditor = await makeActor(harness, tenant, { role: "Auditor" });
  const other = await makeWorkspace(await harness.cells.superuser(harness.us), tenant);
  elsewhere = await makeActor(harness, tenant, { role: "Auditor", workspace: other });
});
afterAll(() => harness.stop());

interface Proof {
  readonly seq: number;
  readonly text: string;
  readonly size: number;
  readonly proof: string[];
  readonly note: string;
}

async function status(): Promise<{ sealedSeq: number; checkpoint: { size: number } | null }> {
  const { body } = await auditor.get("/api/audit/status?tenantWide=true");
  return body as Awaited<ReturnType<typeof status>>;
}

const bytes = (text: string): Buffer => fromBase64(text) ?? Buffer.alloc(0);

describe("a receipt", () => {
  it("comes with every mutation that is done, on both faces, and with no read and no refusal", async () => {
    const source = () => ({ source: yaml(freshName("receipt")), workspaceId: place.workspace.id });
    for (const call of [callRest, callTrpc]) {
      const done = await call(place.admin, procedureOf("workflow.create"), source());
      expect(done.headers.get("aic-audit-id"), done.text).toMatch(/-8001-/);
      const refused = await call(auditor, procedureOf("workflow.create"), source());
      expect([refused.status, refused.headers.get("aic-audit-id")]).toEqual([403, null]);
    }
    const read = await place.admin.get("/api/workflows");
    expect(read.headers.get("aic-audit-id")).toBeNull();
    expect(mutations.length).toBeGreaterThan(20);
  });

  it("names the event of the change, which can be read at once, by whoever may read it", async () => {
    const made = await place.admin.post("/api/workflows", { source: yaml(freshName("read")) });
    const eventId = made.headers.get("aic-audit-id") ?? "";
    const where = `workspaceId=${place.workspace.id}`;
    const path = `/api/audit/events/${eventId}?${where}`;
    const read = await auditor.get(path);
    expect(read.status, read.text).toBe(200);
    const listed = await auditor.get(`/api/audit-events?class=change&limit=1&${where}`);
    expect(read.body).toEqual((listed.body as { items: unknown[] }).items[0]);
    expect(read.body).toMatchObject({
      id: eventId,
      type: "workflow.created",
      resource: { id: (made.body as { id: string }).id },
    });
    // Of another workspace, or of none: not for who reads one.
    const log = "/api/audit-events?class=decision&tenantWide=true";
    const ofTenant = async () => {
      const { body } = await auditor.get(log);
      const { items } = body as { items: { id: string; workspaceId: string | null }[] };
      return items.find((item) => item.workspaceId === null)?.id;
    };
    await expect.poll(ofTenant, { timeout: 10_000 }).toBeDefined();
    for (const id of [eventId, await ofTenant()]) {
      expect((await elsewhere.get(`/api/audit/events/${id}`)).status).toBe(404);
    }
    const misnamed = await auditor.get("/api/audit/events/not-an-id");
    expect([misnamed.status, problemIn(misnamed)?.["errors"]]).toMatchObject([
      400,
      [{ field: "eventId" }],
    ]);
  });

  it("names the event of the change, which is proved to be in a log that a checkpoint signs", async () => {
    const made = await place.admin.post("/api/workflows", { source: yaml(freshName("proved")) });
    const eventId = made.headers.get("aic-audit-id") ?? "";
    const path = `/api/audit/events/${eventId}/proof`;
    await expect
      .poll(async () => (await place.admin.get(path)).status, { timeout: 10_000, interval: 100 })
      .toBe(200);
    const proof = (await place.admin.get(path)).body as Proof;
    expect(JSON.parse(proof.text)).toMatchObject({
      id: eventId,
      type: "workflow.created",
      resource: { id: (made.body as { id: string }).id },
    });
    const keys = await coveredUpTo(auditor, proof.seq);
    const origin = `aic-sos/us-east-1/${place.tenant.id}`;
    const opened = openCheckpoint(proof.note, origin, keys.map(parseVerifierKey));
    if (!opened.ok) throw new Error(opened.sentence);
    const claim = {
      index: proof.seq - 1,
      size: proof.size,
      leafHash: leafHash(proof.text),
      root: opened.checkpoint.root,
      proof: proof.proof.map(bytes),
    };
    expect(opened.checkpoint.size).toBe(proof.size);
    expect(verifyInclusion(claim)).toBe(true);
    expect(verifyInclusion({ ...claim, leafHash: leafHash(`${proof.text} `) })).toBe(false);
  });

  it("that no checkpoint covers yet says when to ask again", async () => {
    const made = await place.admin.post("/api/workflows", { source: yaml(freshName("fresh")) });
    const path = `/api/audit/events/${made.headers.get("aic-audit-id")}/proof`;
    const answer = await place.admin.get(path);
    // A checkpoint may have come in between.
    if (answer.status !== 200) {
      expect([answer.status, problemIn(answer)?.["code"]]).toEqual([409, "not_covered_yet"]);
      expect(answer.headers.get("retry-after")).toBe("10");
    }
  });

  it("is of no use to who may not read that workspace's log", async () => {
    const answer = await elsewhere.get(`/api/audit/events/${place.eventId}/proof`);
    expect(answer.status).toBe(404);
  });
});

describe("checkpoints", () => {
  it("leave the database as files, each signed, and later ones continue earlier ones", async () => {
    const before = (await status()).sealedSeq;
    await coveredUpTo(auditor, before);
    await place.admin.get("/api/workflows");
    const keys = await coveredUpTo(auditor, before + 1);
    const notes = await exportedNotes(checkpointFolder(harness, "us-east-1", place.tenant.id));
    expect(notes.length).toBeGreaterThan(1);
    const origin = `aic-sos/us-east-1/${place.tenant.id}`;
    const checkpoints = notes.map((note) => {
      const opened = openCheckpoint(note, origin, keys.map(parseVerifierKey));
      if (!opened.ok) throw new Error(opened.sentence);
      return opened.checkpoint;
    });
    for (const [at, next] of checkpoints.entries()) {
      const last = checkpoints[at - 1];
      if (!last) continue;
      const path = `/api/audit/consistency?from=${last.size}&to=${next.size}`;
      const { proof } = (await elsewhere.get(path)).body as { proof: string[] };
      const claim = { from: last.size, to: next.size, fromRoot: last.root, toRoot: next.root };
      expect(verifyConsistency({ ...claim, proof: proof.map(bytes) })).toBe(true);
    }
    const latest = (await auditor.get("/api/audit/checkpoint?tenantWide=true")).body;
    expect(Object.keys(latest as object)).toEqual(["note"]);
  });

  it("are counted, as is how long events wait to be sealed", async () => {
    const { text } = await harness.anonymous.get("/metrics");
    expect(text).toMatch(/aic_audit_checkpoints_total\{[^}]*outcome="signed"[^}]*\} [1-9]/);
    // How long that is depends on what else the machine does; that a second can be told from more is what an alarm needs.
    const within = (seconds: string) =>
      new RegExp(`seal_delay_bucket\\{[^}]*us-east-1[^}]*,le="${seconds}"\\} (\\d+)`).exec(
        text,
      )?.[1];
    const all = /seal_delay_count\{[^}]*us-east-1[^}]*\} (\d+)/.exec(text);
    expect(Number(all?.[1])).toBeGreaterThan(3);
    expect(Number(within("1"))).toBeGreaterThan(0);
    expect(within("60")).toBe(all?.[1]);
  });

  it("no consistency is proved of sizes that there are not", async () => {
    for (const query of ["from=1&to=999999", "from=3&to=2", "from=0&to=1"]) {
      expect((await auditor.get(`/api/audit/consistency?${query}&tenantWide=true`)).status).toBe(
        400,
      );
    }
  });
});

describe("an exported bundle", () => {
  async function bundle(caller: Actor, query = ""): Promise<string> {
    const answer = await caller.get(`/api/audit/export?${query}`);
    expect([answer.status, answer.headers.get("content-type")]).toEqual([
      200,
      "application/x-ndjson",
    ]);
    return answer.text;
  }

  it("of the whole tenant verifies offline, with its exported checkpoints, and shows every text", async () => {
    const { sealedSeq } = await status();
    const [key = ""] = await coveredUpTo(auditor, sealedSeq);
    const text = await bundle(auditor, `tenantWide=true&first=1&last=${sealedSeq}`);
    await withFolder(async (write) => {
      const path = await write("bundle.ndjson", text);
      const folder = checkpointFolder(harness, "us-east-1", place.tenant.id);
      const notes = await exportedNotes(folder);
      const within = notes.filter((note) => Number(note.split("\n")[1]) <= sealedSeq);
      const files = await Promise.all(within.map((note, at) => write(`${at}.checkpoint`, note)));
      expect(files.length).toBeGreaterThan(0);
      const checkpoints = files.flatMap((file) => ["--checkpoint", file]);
      const args = ["verify", path, "--key", key, ...checkpoints];
      const { code, output } = await auditCommand(...args);
      expect(output).toContain(`Verified: events 1 to ${sealedSeq}`);
      expect(output).toContain("0 as hashes");
      expect(code).toBe(0);
      const names = text.split("\n").filter((line) => line.startsWith('{"kind":"event"'));
      expect(names).toHaveLength(sealedSeq);
    });
  });

  it("of somebody who reads one workspace only verifies as well, with the rest as hashes", async () => {
    const { sealedSeq } = await status();
    const [key = ""] = await coveredUpTo(auditor, sealedSeq);
    const text = await bundle(elsewhere, `first=1&last=${sealedSeq}`);
    expect(text).not.toContain("workflow.created");
    expect(text).not.toContain(place.workspace.id);
    await withFolder(async (write) => {
      const path = await write("bundle.ndjson", text);
      const { code, output } = await auditCommand("verify", path, "--key", key);
      expect([code, output]).toEqual([0, expect.stringMatching(/and [1-9]\d* as hashes/)]);
    });
  });

  it("of somebody who reads several workspaces shows those and no other, and verifies", async () => {
    const db = await harness.cells.superuser(harness.us);
    const third = await makeWorkspace(db, place.tenant);
    const author = await makeActor(harness, place.tenant, { role: "WorkspaceAdmin" });
    for (const workspaceId of [place.workspace.id, third.id]) {
      const source = yaml(freshName("bundled"));
      const made = await callRest(author, procedureOf("workflow.create"), { source, workspaceId });
      // A proof of it is given once it is sealed, and not before.
      const proof = `/api/audit/events/${made.headers.get("aic-audit-id")}/proof?tenantWide=true`;
      expect([200, 409]).toContain((await auditor.get(proof)).status);
    }
    const both = await makeActor(harness, place.tenant, {
      role: "Auditor",
      workspace: place.workspace,
    });
    const query = `workspaceId=${place.workspace.id}&alsoWorkspaceIds=${third.id}`;
    expect((await both.get(`/api/audit/export?${query}`)).status).toBe(404);
    await db.query(
      "insert into role_bindings (tenant_id, id, workspace_id, user_id, role) values ($1, $2, $3, $4, 'Auditor')",
      [place.tenant.id, freshId(1), third.id, both.person.id],
    );
    const { sealedSeq } = await status();
    const [key = ""] = await coveredUpTo(auditor, sealedSeq);
    const range = `${query}&first=1&last=${sealedSeq}`;
    const text = await bundle(both, range);
    const shown = text.split("\n").filter((line) => line.startsWith('{"kind":"event"'));
    const workspaces = shown.map((line) => {
      const { text: event } = JSON.parse(line) as { text: string };
      return (JSON.parse(event) as { workspaceId: string | null }).workspaceId;
    });
    expect(new Set(workspaces)).toEqual(new Set([place.workspace.id, third.id]));
    const rest = await bundle(both, `${range}&after=${sealedSeq - 3}`);
    expect(text.endsWith(rest)).toBe(true);
    await withFolder(async (write) => {
      const path = await write("bundle.ndjson", text);
      const { code, output } = await auditCommand("verify", path, "--key", key);
      expect([code, output]).toEqual([0, expect.stringMatching(/and [1-9]\d* as hashes/)]);
    });
    const junk = await both.get("/api/audit/export?alsoWorkspaceIds=a,b");
    expect([junk.status, junk.text]).toEqual([400, expect.stringContaining("alsoWorkspaceIds")]);
  });

  it("of a stretch in the middle is tied to checkpoints before and after it, and goes on where it broke off", async () => {
    const { sealedSeq } = await status();
    const [key = ""] = await coveredUpTo(auditor, sealedSeq);
    const query = "tenantWide=true&first=6&last=11";
    const text = await bundle(auditor, query);
    const lines = text.split("\n");
    const cut = lines.findIndex((line) => line.includes('"seq":8,'));
    const rest = await bundle(auditor, `${query}&after=8`);
    expect(rest).toBe(lines.slice(cut + 1).join("\n"));
    await withFolder(async (write) => {
      const joined = [...lines.slice(0, cut + 1), rest].join("\n");
      const path = await write("bundle.ndjson", joined);
      expect(await auditCommand("verify", path, "--key", key)).toMatchObject({ code: 0 });
      const broken = await write("broken.ndjson", lines.slice(0, cut + 1).join("\n"));
      expect(await auditCommand("verify", broken, "--key", key)).toMatchObject({ code: 2 });
    });
  });

  it("is fetched and verified by the command itself, with an API key", async () => {
    const service = await makeActor(harness, place.tenant, { role: "Auditor", service: true });
    const { sealedSeq } = await status();
    const [key = ""] = await coveredUpTo(auditor, sealedSeq);
    const token = (service.headers["authorization"] ?? "").replace("Bearer ", "");
    await withFolder(async (write) => {
      const file = await write("token", token);
      const args = ["verify", "--url", harness.url, "--token-file", file, "--key", key];
      const { code, output } = await auditCommand(...args);
      expect([code, output]).toEqual([0, expect.stringContaining("and 0 as hashes")]);
      const here = await auditCommand(...args, "--workspace", place.workspace.id);
      expect([here.code, here.output]).toEqual([0, expect.stringMatching(/[1-9]\d* as hashes/)]);
    });
  });

  it("is not for who only reads the log, names what is wrong with the question, and is no JSON", async () => {
    const approver = await makeActor(harness, place.tenant, {
      role: "Approver",
      workspace: place.workspace,
    });
    expect((await approver.get("/api/audit/export")).status).toBe(403);
    for (const query of [
      "first=999999",
      "last=999999",
      "first=5&last=2",
      "after=3",
      "link=999999",
    ]) {
      const answer = await auditor.get(`/api/audit/export?tenantWide=true&${query}`);
      expect([query, answer.status]).toEqual([query, 400]);
    }
    const overTrpc = await auditor.query("audit.exportEvents", { tenantWide: true });
    expect([overTrpc.status, overTrpc.text]).toEqual([
      405,
      expect.stringContaining("GET /api/audit/export"),
    ]);
  });
});
