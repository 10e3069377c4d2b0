import { openCells } from "@aic-sos/db/cells";
import { type AuditSearch, searchAudit } from "@aic-sos/db/audit-search";
import type { Grant } from "@aic-sos/policy/grant";
import { fillLog, type LogPlace, type RareThings } from "@aic-sos/testkit/fill-log";
import { makeGrant } from "@aic-sos/testkit/make-grant";
import { makePerson } from "@aic-sos/testkit/make-person";
import { makeTenant } from "@aic-sos/testkit/make-tenant";
import { makeWorkspace } from "@aic-sos/testkit/make-workspace";
import type pg from "pg";
import { alternate, type Contender } from "../measure/alternate.ts";
import type { Row } from "../measure/report.ts";
import { asSuperuser } from "../stage/callers.ts";
import { CELL, type Stage } from "../stage/stage.ts";
import type { Effort } from "./secured-http-read.ts";

const MANY = 1_000_000;
const FEW = 1_000;
/** No slower than one and a half times its own time. */
const FLOOR = 1 / 1.5;
const AIM = 1;
/** A page, and one more row that shows whether there is a next one. */
const PAGE = 21;

interface Log {
  readonly place: LogPlace;
  readonly rare: RareThings;
  readonly grant: Grant<"audit_event:read">;
  readonly workspaceGrant: Grant<"audit_event:read">;
}

type Asked = Omit<AuditSearch, "limit">;

/**
 * One page of a search in a tenant with a million events, against the same search in a tenant with a thousand, in the same
 * table. In this process, one caller, as the application's role with row-level security.
 */
export async function auditSearch(stage: Stage, effort: Effort): Promise<readonly Row[]> {
  const [many, few] = await asSuperuser(stage, async (db) => {
    const logs = [await makeLog(db, MANY), await makeLog(db, FEW)] as const;
    await db.query("vacuum analyze audit_events");
    return logs;
  });
  const cells = await openCells([{ ...CELL, urls: stage.urls }]);
  try {
    const rows: Row[] = [];
    for (const [name, asked] of Object.entries(SEARCHES)) {
      const title = `search, 1,000,000 events against 1,000: ${name}`;
      if (!title.includes(effort.only)) continue;
      const [ours, theirs] = await alternate(
        [
          contender("1,000,000 events", many, [name, asked], effort),
          contender("1,000 events", few, [name, asked], effort),
        ],
        effort.rounds,
      );
      if (ours && theirs) rows.push({ title, ours, contender: theirs, floor: FLOOR, aim: AIM });
    }
    return rows;
  } finally {
    await cells.close();
  }
}

/** What is looked for, with how many events a page of it has at least. */
const SEARCHES: Readonly<Record<string, (log: Log) => readonly [Asked, least: number]>> = {
  everything: () => [{}, PAGE],
  "one workspace": () => [{}, PAGE],
  "a busy actor": ({ place }) => [{ actorId: place.busy.id }, PAGE],
  "a rare actor": ({ place }) => [{ actorId: place.rare.id }, 10],
  "a permission": () => [{ actions: ["run:read"] }, PAGE],
  "a rare permission": ({ rare }) => [{ actions: [rare.action] }, 10],
  "a noun": () => [{ actions: ["role:grant", "role:remove", "role.granted", "role.removed"] }, 10],
  denials: () => [{ outcome: "deny" }, 10],
  "security events": () => [{ class: "security" }, 10],
  "a rare resource": ({ rare }) => [{ resourceType: "run", resourceId: rare.resourceId }, 10],
  "ten seconds": ({ rare }) => [
    { from: rare.middle, to: new Date(Date.parse(rare.middle) + 10_000).toISOString() },
    PAGE,
  ],
  nobody: () => [{ actorId: "nobody" }, 0],
  "a busy actor's denials": ({ place }) => [{ actorId: place.busy.id, outcome: "deny" }, 10],
  "a rare actor's denials": ({ place }) => [{ actorId: place.rare.id, outcome: "deny" }, 0],
  "denials of a permission in ten seconds": ({ rare }) => [
    {
      outcome: "deny",
      actions: ["workflow:read"],
      from: rare.middle,
      to: new Date(Date.parse(rare.middle) + 10_000).toISOString(),
    },
    0,
  ],
  "a rare permission of a busy actor in a workspace": ({ place, rare }) => [
    { actorId: place.busy.id, actions: [rare.action] },
    0,
  ],
};

function contender(
  size: string,
  log: Log,
  [name, asked]: readonly [string, (log: Log) => readonly [Asked, number]],
  { seconds }: Effort,
): Contender {
  const [search, least] = asked(log);
  const grant = name.includes("workspace") ? log.workspaceGrant : log.grant;
  return {
    name: size,
    round: async () => {
      const before = process.cpuUsage();
      const started = performance.now();
      let done = 0;
      for (; performance.now() - started < seconds * 1000; done += 1) {
        const rows = await searchAudit(grant, { ...search, limit: PAGE });
        if (rows.length < least) throw new Error(`${name}: ${rows.length} rows, not ${least}`);
      }
      const { user, system } = process.cpuUsage(before);
      return {
        rate: (done * 1000) / (performance.now() - started),
        cpuMicros: (user + system) / done,
      };
    },
  };
}

async function makeLog(db: pg.Client, events: number): Promise<Log> {
  const tenant = await makeTenant(db, CELL);
  const workspaces = [await makeWorkspace(db, tenant), await makeWorkspace(db, tenant)] as const;
  const busy = await makePerson(db, tenant, { role: "Auditor" });
  const place: LogPlace = { tenant, workspaces, busy, rare: await makePerson(db, tenant) };
  const rare = await fillLog(db, place, events);
  const grant = makeGrant(busy.principal, "audit_event:read");
  const workspaceGrant = makeGrant(busy.principal, "audit_event:read", {
    workspaceId: workspaces[0].id,
  });
  return { place, rare, grant, workspaceGrant };
}
