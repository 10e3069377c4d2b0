import { cellByCode } from "./cells.ts";
import { NOBODY } from "./scope.ts";

/** How a cell is, for /readiness. `why` is for the log and the operator, not for callers. */
export interface CellHealth {
  readonly cell: number;
  readonly region: string;
  readonly ok: boolean;
  readonly why: string | null;
  /** Audit events that wait in this process for their group. */
  readonly waitingEvents: number;
}

/** Asks the cell's database, as the application and as the audit writer. Never throws for a database that is down. */
export async function cellHealth(code: number): Promise<CellHealth> {
  const cell = cellByCode(code);
  const why = await firstTrouble(code).catch((error: unknown) =>
    error instanceof Error ? error.message : String(error),
  );
  return {
    cell: code,
    region: cell.region,
    ok: why === null,
    why,
    waitingEvents: cell.inbox.waiting,
  };
}

async function firstTrouble(code: number): Promise<string | null> {
  const cell = cellByCode(code);
  const marker = { text: "select cell, region from cell_marker", values: [] };
  const [{ rows }] = await Promise.all([
    cell.app.run<{ cell: number; region: string }>({ ...NOBODY, readOnly: true }, marker),
    cell.audit.query("select"),
    cell.sealer.query("select"),
  ]);
  const found = rows[0];
  if (found?.cell === code && found.region === cell.region) return null;
  return `the database says it is cell ${found?.cell} of ${found?.region}`;
}
