import { openCells } from "@aic-sos/db/cells";
import { read } from "@aic-sos/db/scoped";
import { makeGrant } from "@aic-sos/testkit/make-grant";
import { plainClient } from "../contenders/plain-client.ts";
import { alternate, type Contender } from "../measure/alternate.ts";
import type { Row } from "../measure/report.ts";
import type { Filled } from "../stage/fill.ts";
import { CELL, type Stage } from "../stage/stage.ts";
import type { Effort } from "./secured-http-read.ts";

const FLOOR = 0.75;
const AIM = 0.9;
const PAGE = 20;

/**
 * `read(grant, …)` with row-level security, scope and epoch check, against the same query by the same client with named
 * statements as a superuser, whom row-level security does not touch. In this process; one caller, then sixteen.
 */
export async function scopedRead(
  stage: Stage,
  filled: Filled,
  effort: Effort,
): Promise<readonly Row[]> {
  const { tenant, workspace, reader } = filled;
  const cells = await openCells([{ ...CELL, urls: stage.urls }]);
  const plain = plainClient(stage.superuserUrl, { named: true });
  const grant = makeGrant(reader.person.principal, "workflow:read", { workspaceId: workspace.id });
  const columns = {
    id: true,
    name: true,
    description: true,
    createdBy: true,
    createdAt: true,
  } as const;
  const page = { select: columns, orderBy: { id: "desc" }, take: PAGE } as const;
  const scoped = async () => (await read(grant, (db) => db.workflow.findMany(page))).length;
  const unscoped = async () =>
    (
      await plain.workflow.findMany({
        where: { tenantId: tenant.id, workspaceId: workspace.id },
        ...page,
      })
    ).length;
  try {
    const rows: Row[] = [];
    for (const clients of [1, 16]) {
      const [ours, theirs] = await alternate(
        [
          contender("scoped", scoped, clients, effort),
          contender("unscoped", unscoped, clients, effort),
        ],
        effort.rounds,
      );
      const title = `in process: 20 workflows, ${clients === 1 ? "one client" : `${clients} clients`}`;
      if (ours && theirs) rows.push({ title, ours, contender: theirs, floor: FLOOR, aim: AIM });
    }
    return rows;
  } finally {
    await plain.$disconnect();
    await cells.close();
  }
}

function contender(
  name: string,
  query: () => Promise<number>,
  clients: number,
  { seconds }: Effort,
): Contender {
  return {
    name,
    round: async () => {
      const started = performance.now();
      const end = started + seconds * 1000;
      const client = async (): Promise<number> => {
        let done = 0;
        while (performance.now() < end) {
          const rows = await query();
          if (rows !== PAGE) throw new Error(`${name} read ${rows} rows instead of ${PAGE}`);
          done += 1;
        }
        return done;
      };
      const before = process.cpuUsage();
      const counts = await Promise.all(Array.from({ length: clients }, client));
      const { user, system } = process.cpuUsage(before);
      const done = counts.reduce((sum, count) => sum + count, 0);
      return {
        rate: (done * 1000) / (performance.now() - started),
        cpuMicros: (user + system) / done,
      };
    },
  };
}
