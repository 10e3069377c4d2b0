import type { SqlQuery } from "@prisma/driver-adapter-utils";

/** Enough for every statement our code can make; what comes after runs unnamed rather than growing without bound. */
const MAX_NAMED = 500;

/** A list whose length is part of the text: `IN ($1,$2)`, or several rows of VALUES. */
const VARIABLE_ARITY = /\bIN \(\$|\), ?\(/i;

/**
 * Names for prepared statements: the server then plans each only once per connection. Statements whose text depends on
 * the length of a list get none, for every length would be another statement.
 */
export function statementNames(limit = MAX_NAMED): (query: Pick<SqlQuery, "sql">) => string {
  const names = new Map<string, string>();
  return ({ sql }) => {
    const known = names.get(sql);
    if (known !== undefined) return known;
    if (names.size >= limit || VARIABLE_ARITY.test(sql)) return "";
    const name = `s${names.size}`;
    names.set(sql, name);
    return name;
  };
}
