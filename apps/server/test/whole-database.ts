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

/** The ways in which `database` holds a secret: none, if all is well. Base64 is looked for at each of its alignments. */
export function formsFound(database: string, secret: string): string[] {
  const bytes = Buffer.from(secret, "utf8");
  const base64 = [0, 1, 2].map((shift) => {
    const text = Buffer.concat([Buffer.alloc(shift), bytes]).toString("base64");
    // The first and last characters mix with neighbours' bits.
    return text.replace(/=+$/, "").slice(shift === 0 ? 0 : shift + 1, -1);
  });
  const forms = [
    ["raw", [secret]],
    ["hex", [bytes.toString("hex")]],
    ["base64", base64],
    ["base64url", base64.map((text) => text.replaceAll("+", "-").replaceAll("/", "_"))],
    // As text in a column of bytes.
    ["hex of base64", base64.map((text) => Buffer.from(text).toString("hex"))],
  ] as const;
  return forms
    .filter(([, texts]) => texts.some((text) => database.includes(text)))
    .map(([form]) => form);
}
