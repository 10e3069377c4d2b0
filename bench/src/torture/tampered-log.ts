import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { diceOf } from "@aic-sos/audit/log-world";
import { parseVerifierKey, type VerifierKey } from "@aic-sos/audit/signed-note";
import { TAMPERINGS } from "@aic-sos/audit/tamper";
import { isFound } from "@aic-sos/audit/tamper-suite";
import { verifyBundle } from "@aic-sos/audit/verify-bundle";
import { freePort } from "@aic-sos/devstack/free-port";
import { makeTenant, type TestTenant } from "@aic-sos/testkit/make-tenant";
import { makeWorkspace } from "@aic-sos/testkit/make-workspace";
import type pg from "pg";
import { asSuperuser, withCallers } from "../stage/callers.ts";
import { startServer } from "../stage/child.ts";
import { CELL, openStage, type Stage } from "../stage/stage.ts";
import { send } from "./client.ts";
import { lockSealers, makeRewritable, readLog, unlockSealers, writeLog } from "./rewrite-log.ts";

export interface TamperPlan {
  readonly tamperings: number;
  /** The same seed tries the same ones. */
  readonly seed: number;
  readonly say: (line: string) => void;
}

export interface TamperOutcome {
  readonly problems: readonly string[];
  readonly tried: number;
  readonly found: number;
  /** Faults by kind. */
  readonly faults: Readonly<Record<string, number>>;
  /** Events, and how many of them a checkpoint covers that left the database. */
  readonly events: number;
  readonly covered: number;
}

/** Requests of the log that is tampered with, in waves between which checkpoints are made: more than one stored subtree. */
const WAVES = [90, 90, 90];
const BESIDES = 15;

interface Auditor {
  readonly url: string;
  readonly authorization: string;
  readonly tenant: TestTenant;
}

/**
 * A real server writes, seals, signs and exports. Then a superuser of its database tampers with the log, in every way and
 * with every cover-up that the database's owner has; each time the server exports what is there now, and the verifier
 * has that bundle, the public key, and the checkpoints that left the database before.
 */
export async function tamperedLog(plan: TamperPlan): Promise<TamperOutcome> {
  const stage = await openStage("torture-tampered");
  const port = await freePort();
  const configFile = await stage.configFor(port);
  const server = await startServer({ configFile, port, log: join(stage.folder, "server.log") });
  try {
    return await asSuperuser(stage, async (db) => {
      const auditor = await prepare(stage, db, server.url);
      for (const wave of WAVES) await callAndCover(auditor, wave);
      const key = await keyOf(auditor);
      await stopUncovered(db, auditor);
      await makeRewritable(db);
      return tamperAll(db, stage, { auditor, key, plan });
    });
  } finally {
    await server.stop();
    await stage.close();
  }
}

async function prepare(stage: Stage, db: pg.Client, url: string): Promise<Auditor> {
  const tenant = await makeTenant(db, CELL);
  await makeWorkspace(db, tenant);
  const { authorization } = await withCallers(stage, db, (callers) =>
    callers.make(tenant, "Auditor"),
  );
  return { url, authorization, tenant };
}

async function ask(auditor: Auditor, times: number): Promise<void> {
  const requests = Array.from({ length: times }, () => get(auditor, "/api/me"));
  await Promise.all(requests);
}

async function get({ url, authorization }: Auditor, path: string): Promise<unknown> {
  const reply = await send(url, { method: "GET", path, authorization });
  if (reply.status !== 200) throw new Error(`${path}: ${JSON.stringify(reply)}`);
  return reply.body;
}

interface Status {
  readonly sealedSeq: number;
  readonly checkpoint: { readonly size: number } | null;
}

const STATUS = "/api/audit/status?tenantWide=true";

/** Calls, and waits until a checkpoint covers it. */
async function callAndCover(auditor: Auditor, times: number): Promise<void> {
  const before = (await get(auditor, STATUS)) as Status;
  await ask(auditor, times);
  const end = performance.now() + 30_000;
  while (performance.now() < end) {
    const { checkpoint } = (await get(auditor, STATUS)) as Status;
    if ((checkpoint?.size ?? 0) >= before.sealedSeq + times) return;
    await sleep(100);
  }
  throw new Error("no checkpoint within 30 s");
}

/** Stops the sealers where events are sealed that no checkpoint covers yet. One comes every second, so it may take a few tries. */
async function stopUncovered(db: pg.Client, auditor: Auditor): Promise<void> {
  const end = performance.now() + 60_000;
  while (performance.now() < end) {
    await ask(auditor, BESIDES);
    await sleep(300);
    await lockSealers(db);
    const { sealedSeq, checkpoint } = (await get(auditor, STATUS)) as Status;
    if (sealedSeq > (checkpoint?.size ?? 0)) return;
    await unlockSealers(db);
  }
  throw new Error("each event was covered at once, for a minute");
}

async function keyOf(auditor: Auditor): Promise<VerifierKey> {
  const { keys } = (await get(auditor, "/api/audit/keys?tenantWide=true")) as { keys: string[] };
  return parseVerifierKey(keys[0] ?? "");
}

interface Tampering {
  readonly auditor: Auditor;
  readonly key: VerifierKey;
  readonly plan: TamperPlan;
}

async function tamperAll(
  db: pg.Client,
  stage: Stage,
  { auditor, key, plan }: Tampering,
): Promise<TamperOutcome> {
  const log = await readLog(db, auditor.tenant.id);
  const checkpoints = await exportedCheckpoints(stage, auditor.tenant.id);
  const covered = Math.max(...log.checkpoints.map(({ size }) => size));
  const judge = async () => {
    const lines = await bundleOf(auditor);
    return verifyBundle(lines, { keys: [key], checkpoints });
  };
  const honest = await judge();
  const problems: string[] = [];
  if (honest.outcome !== "verified") problems.push(`untouched: ${JSON.stringify(honest)}`);
  else if (honest.report.uncovered === null) problems.push("what is not covered is not named");
  const dice = diceOf(plan.seed);
  const ways = Object.values(TAMPERINGS);
  const faults: Record<string, number> = {};
  let found = 0;
  for (let n = 0; n < plan.tamperings; n += 1) {
    const way = ways[n % ways.length];
    if (way === undefined) throw new RangeError("no way of tampering");
    const tampered = await way(log, dice, covered);
    await writeLog(db, tampered.log, dice(2) === 0);
    const verdict = await judge();
    if (isFound(verdict, tampered)) {
      const kind = verdict.outcome === "wrong" ? verdict.fault.kind : verdict.outcome;
      faults[kind] = (faults[kind] ?? 0) + 1;
      found += 1;
    } else {
      problems.push(`${tampered.what} at event ${tampered.place}: ${JSON.stringify(verdict)}`);
    }
    if (n % 1_000 === 999) plan.say(`${n + 1} tamperings, ${found} found`);
  }
  await writeLog(db, log, true);
  const again = await judge();
  if (again.outcome !== "verified") problems.push(`put back: ${JSON.stringify(again)}`);
  return { problems, tried: plan.tamperings, found, faults, events: log.rows.length, covered };
}

async function bundleOf({ url, authorization }: Auditor): Promise<AsyncIterable<string>> {
  const answer = await fetch(new URL("/api/audit/export?tenantWide=true", url), {
    headers: { authorization },
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`the export was answered with ${answer.status}: ${text}`);
  return (async function* lines() {
    yield* text.split("\n").slice(0, -1);
  })();
}

async function exportedCheckpoints(
  stage: Stage,
  tenantId: string,
): Promise<{ source: string; note: string }[]> {
  const folder = join(stage.folder, "checkpoints", tenantId);
  const names = await readdir(folder);
  return Promise.all(
    names.map(async (source) => ({ source, note: await readFile(join(folder, source), "utf8") })),
  );
}
