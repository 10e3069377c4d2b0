import type { FreshCells, TestCell } from "@aic-sos/testkit/fresh-cells";

/** Every row of every table as text, as a dump has it: bytes are hexadecimal. */
export async function wholeDatabase(cells: FreshCells, cell: TestCell): Promise<string> {
  const db = await cells.superuser(cell);
  const { rows: tables } = await db.query<{ name: string }>(
    `select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema')`,
  );
  const parts: string[] = [];
  for (const { name } of tables) {
    const { rows } = await db.query<{ row: string }>(`select t::text as row from ${name} as t`);
    parts.push(...rows.map(({ row }) => row));
  }
  return parts.join("\n");
}

/** The ways in which `database` holds a secret: none, if all is well. */
export function formsFound(database: string, secret: string): string[] {
  const bytes = Buffer.from(secret, "utf8");
  const forms = {
    raw: secret,
    hex: bytes.toString("hex"),
    base64: bytes.toString("base64").replace(/=+$/, ""),
    base64url: bytes.toString("base64url"),
  };
  return Object.entries(forms)
    .filter(([, text]) => database.includes(text))
    .map(([form]) => form);
}
