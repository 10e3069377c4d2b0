import pg from "pg";
import { countOf, tableNames } from "./look.ts";

/** A secret as somebody might have left it: as it is, in hex, in base64 at each of the three alignments. */
export function spellingsOf(secret: string): readonly string[] {
  const bytes = Buffer.from(secret, "utf8");
  const base64 = [0, 1, 2].map((shift) => {
    const whole = Buffer.concat([Buffer.alloc(shift), bytes])
      .toString("base64")
      .replaceAll("=", "");
    // The first and last characters mix with neighbours' bits.
    return whole.slice(shift === 0 ? 0 : shift + 1, -1);
  });
  return [
    secret,
    bytes.toString("hex"),
    ...base64,
    ...base64.map((text) => text.replaceAll("+", "-").replaceAll("/", "_")),
  ];
}

/** The tables in which a spelling of the secret stands, in any column. Bytes are looked at in hex. */
export async function tablesHolding(client: pg.Client, secret: string): Promise<readonly string[]> {
  const spellings = [...new Set(spellingsOf(secret))];
  const found: string[] = [];
  for (const table of await tableNames(client)) {
    const sql = `select count(*) from ${pg.escapeIdentifier(table)} as t
      where exists (select 1 from unnest($1::text[]) as s where position(s in t::text) > 0)`;
    if ((await countOf(client, sql, [spellings])) > 0) found.push(table);
  }
  return found;
}
