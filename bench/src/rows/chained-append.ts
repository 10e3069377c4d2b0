import { setTimeout as sleep } from "node:timers/promises";
import type { AuditEvent } from "@aic-sos/audit/event";
import { openCells } from "@aic-sos/db/cells";
import { newId } from "@aic-sos/db/ids";
import { recordDecision } from "@aic-sos/db/inbox";
import { sealOnce } from "@aic-sos/db/sealer";
import { makePerson } from "@aic-sos/testkit/make-person";
import { makeTenant } from "@aic-sos/testkit/make-tenant";
import { plainLog } from "../contenders/plain-log.ts";
import { alternate, type Contender } from "../measure/alternate.ts";
import type { Row } from "../measure/report.ts";
import { asSuperuser } from "../stage/callers.ts";
import { CELL, type Stage } from "../stage/stage.ts";
import type { Effort } from "./secured-http-read.ts";

const IN_FLIGHT = 64;
/** Connections: ours has one pool of two that inserts and one of two that seals, the contender has them all. */
const CONNECTIONS = 4;
const FLOOR = 3;
const AIM = 5;
/** As the server's sealer does after a turn that was not full. */
const PAUSE_MS = 250;

type Write = (event: AuditEvent) => Promise<unknown>;

/**
 * Decisions of one tenant on their way into its log, 64 at a time: durable by the group commit while the sealer chains
 * them, against one INSERT of `pg` each into a table without a chain. Both rows come from the same rounds of the sealer at
 * work: the first counts until the last one is acknowledged, the second until the last one is in the chain.
 */
export async function chainedAppend(stage: Stage, effort: Effort): Promise<readonly Row[]> {
  const event = await eventOf(stage);
  const cells = await openCells([{ ...CELL, urls: stage.urls }]);
  const plain = await plainLog(stage.superuserUrl, CONNECTIONS);
  const insert: Write = (one) => plain.insert(one);
  const append: Write = (one) => recordDecision(CELL.code, one);
  const contender = rounds("plain INSERT", { event, write: insert, effort });
  try {
    const rows: Row[] = [];
    for (const until of ["durable", "chained"] as const) {
      const title = `append: ${until}, one tenant, ${IN_FLIGHT} in flight`;
      if (!title.includes(effort.only)) continue;
      const chained = rounds(title, { event, write: append, effort, sealed: until });
      const [ours, theirs] = await alternate([chained, contender], effort.rounds);
      if (ours && theirs) rows.push({ title, ours, contender: theirs, floor: FLOOR, aim: AIM });
    }
    return rows;
  } finally {
    await plain.close();
    await cells.close();
  }
}

interface Rounds {
  readonly event: () => AuditEvent;
  readonly write: Write;
  readonly effort: Effort;
  /** A sealer is at work, and this is what is waited for within the measured time. The rest is waited for after it. */
  readonly sealed?: "durable" | "chained";
}

function rounds(name: string, { event, write, effort, sealed }: Rounds): Contender {
  return {
    name,
    round: async () => {
      const sealer = sealed === undefined ? undefined : startSealer();
      const before = process.cpuUsage();
      const started = performance.now();
      const done = await writeFor(effort.seconds, event, write);
      if (sealed === "chained") await sealer?.drained();
      const seconds = (performance.now() - started) / 1000;
      const { user, system } = process.cpuUsage(before);
      const chained = await sealer?.drained();
      if (chained !== undefined && chained !== done) {
        throw new Error(`${done} events were acknowledged and ${chained} sealed`);
      }
      return { rate: done / seconds, cpuMicros: (user + system) / done };
    },
  };
}

async function writeFor(seconds: number, event: () => AuditEvent, write: Write): Promise<number> {
  const end = performance.now() + seconds * 1000;
  const writer = async (): Promise<number> => {
    let done = 0;
    for (; performance.now() < end; done += 1) await write(event());
    return done;
  };
  const counts = await Promise.all(Array.from({ length: IN_FLIGHT }, writer));
  return counts.reduce((sum, count) => sum + count, 0);
}

/** Seals as the server's job does, until it is told that no more comes. */
function startSealer(): { drained(): Promise<number> } {
  let draining = false;
  const work = async (): Promise<number> => {
    let total = 0;
    for (;;) {
      const last = draining;
      const { sealed, full } = await sealOnce(CELL.code);
      total += sealed;
      if (full) continue;
      if (last && sealed === 0) return total;
      await sleep(draining ? 0 : PAUSE_MS);
    }
  };
  const working = work();
  return {
    drained: () => {
      draining = true;
      return working;
    },
  };
}

/** With its keys in order, as the server makes decisions. */
async function eventOf(stage: Stage): Promise<() => AuditEvent> {
  const actor = await asSuperuser(stage, async (db) => makePerson(db, await makeTenant(db, CELL)));
  return () => ({
    actor: { authentication: "session", id: actor.id, kind: "user" },
    changes: [],
    class: "decision",
    count: 1,
    decisionId: null,
    id: newId(CELL.code),
    outcome: "allow",
    permission: "run:read",
    procedure: "run.list",
    reason: null,
    region: CELL.region,
    requestId: "01a20fd3-f27c-8001-ae65-85decb18c6cc",
    resource: null,
    tenantId: actor.tenantId,
    time: new Date().toISOString(),
    type: "decision.allowed",
    v: 1,
    workspaceId: null,
  });
}
