import { describe, expect, it } from "vitest";
import { statementNames } from "./statement-names.ts";

describe("names of prepared statements", () => {
  it("are the same for the same text and different for another", () => {
    const nameOf = statementNames();
    expect(nameOf({ sql: "SELECT 1" })).toBe(nameOf({ sql: "SELECT 1" }));
    expect(nameOf({ sql: "SELECT 2" })).not.toBe(nameOf({ sql: "SELECT 1" }));
  });

  it("are not given to a text that depends on a list's length", () => {
    const nameOf = statementNames();
    expect(nameOf({ sql: 'SELECT 1 WHERE "id" IN ($1,$2)' })).toBe("");
    expect(nameOf({ sql: 'INSERT INTO "t" ("a") VALUES ($1), ($2)' })).toBe("");
    expect(nameOf({ sql: 'INSERT INTO "t" ("a") VALUES ($1)' })).not.toBe("");
  });

  it("end at their bound instead of growing", () => {
    const nameOf = statementNames(2);
    expect(["a", "b", "c", "a"].map((sql) => nameOf({ sql }))).toEqual(["s0", "s1", "", "s0"]);
  });
});
