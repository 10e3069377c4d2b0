import { expect, it } from "vitest";
import { eventBatches } from "./event-batches.ts";

const rows = (tenantId: string, count: number) =>
  Array.from({ length: count }, (_, at) => ({
    tenantId,
    id: `${tenantId}${at}`,
    text: `{"n":${at}}`,
  }));

it("are one of each tenant, named after its first event, with all in their order", () => {
  const [a, b] = [rows("a", 3), rows("b", 2)];
  const mixed = [a[0], b[0], a[1], b[1], a[2]].filter((row) => row !== undefined);
  expect(eventBatches(mixed)).toEqual([
    {
      tenantId: "a",
      id: "a0",
      eventIds: ["a0", "a1", "a2"],
      texts: ['{"n":0}', '{"n":1}', '{"n":2}'],
    },
    { tenantId: "b", id: "b0", eventIds: ["b0", "b1"], texts: ['{"n":0}', '{"n":1}'] },
  ]);
});

it("have a thousand events at most", () => {
  const sizes = (count: number) => eventBatches(rows("a", count)).map((one) => one.texts.length);
  expect(sizes(0)).toEqual([]);
  expect(sizes(1_000)).toEqual([1_000]);
  expect(sizes(2_001)).toEqual([1_000, 1_000, 1]);
  expect(eventBatches(rows("a", 1_001)).map(({ id }) => id)).toEqual(["a0", "a1000"]);
});
