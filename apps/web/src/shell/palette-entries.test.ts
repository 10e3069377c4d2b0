import { describe, expect, it } from "vitest";
import { findEntries, groupedEntries, type PaletteEntry } from "./palette-entries.ts";

const entries: PaletteEntry[] = [
  { id: "1", group: "Go to", label: "Workflows" },
  { id: "2", group: "Do", label: "New workflow" },
  { id: "3", group: "Workflows", label: "incident-triage", hint: "v7 workflow" },
  { id: "4", group: "People", label: "Olga Operator", hint: "olga@acme.test" },
];
const ids = (query: string) => findEntries(entries, query).map((entry) => entry.id);

describe("findEntries", () => {
  it("offers pages and actions before anything is typed", () => {
    expect(ids(" ")).toEqual(["1", "2"]);
  });
  it("wants every word, wherever it stands, and puts what begins with it first", () => {
    expect(ids("workflow")).toEqual(["1", "2", "3"]);
    expect(ids("ACME olga")).toEqual(["4"]);
    expect(ids("olga x")).toEqual([]);
  });
});

describe("groupedEntries", () => {
  it("keeps each group together", () => {
    const shuffled = [entries[1], entries[0], entries[1]].filter((entry) => entry !== undefined);
    expect(groupedEntries(shuffled).map(([group, list]) => [group, list.length])).toEqual([
      ["Do", 2],
      ["Go to", 1],
    ]);
  });
});
