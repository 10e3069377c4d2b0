import { parseNote, parseVerifierKey } from "@aic-sos/audit/signed-note";
import { afterAll, beforeAll, expect, it } from "vitest";
import {
  auditCommand,
  checkpointFolder,
  coveredUpTo,
  exportedNotes,
  withFolder,
} from "./audit-evidence.ts";
import { auditTrail } from "./audit-trail.ts";
import { type Harness, startHarness } from "./harness.ts";
import { rotateCheckpointKeyOf, startSecondServer } from "./second-server.ts";
import { makeActor, makeHome } from "./world.ts";

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.stop());

it("checkpoints go on under a further key, also by a replica that did not know it, and the former ones still verify", {
  timeout: 120_000,
}, async () => {
  const { tenant } = await makeHome(harness, harness.us);
  const auditor = await makeActor(harness, tenant, { role: "Auditor" });
  const folder = checkpointFolder(harness, "us-east-1", tenant.id);
  const lastSigner = async () =>
    parseNote((await exportedNotes(folder)).at(-1) ?? "").signatures[0]?.id;
  const read = () => auditor.get("/api/audit-events?tenantWide=true");
  await read();
  const [former = ""] = await coveredUpTo(auditor, 1);
  expect(await rotateCheckpointKeyOf(harness, "us-east-1")).toBe(0);

  // This server signs by the former key still, the second one by the newer: then this one meets what it does not know.
  const { keys } = (await auditor.get("/api/audit/keys?tenantWide=true")).body as {
    keys: string[];
  };
  expect([keys.length, keys[1]]).toEqual([2, former]);
  const newer = parseVerifierKey(keys[0] ?? "").id;
  const second = await startSecondServer(harness);
  await expect.poll(() => read().then(lastSigner), { timeout: 40_000, interval: 300 }).toBe(newer);
  await second.stop();
  const { body } = await auditor.get("/api/audit/status?tenantWide=true");
  await coveredUpTo(auditor, (body as { sealedSeq: number }).sealedSeq + 1);
  expect(await lastSigner()).toBe(newer);

  const trail = (type: "checkpoint_key.rotated" | "security.audit_log_inconsistent") =>
    auditTrail(harness.cells, harness.us, { type });
  expect(await trail("checkpoint_key.rotated")).toHaveLength(1);
  expect(await trail("security.audit_log_inconsistent")).toEqual([]);
  const bundle = (await auditor.get("/api/audit/export?tenantWide=true")).text;
  await withFolder(async (write) => {
    const verify = async (...trusted: string[]) =>
      auditCommand(
        "verify",
        await write("log.ndjson", bundle),
        ...trusted.flatMap((key) => ["--key", key]),
      );
    expect(await verify(...keys)).toMatchObject({ code: 0 });
    const old = await verify(former);
    expect([old.code, old.output]).toEqual([1, expect.stringContaining(newer)]);
  });
});
