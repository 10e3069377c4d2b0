import { expect, it } from "vitest";
import { foreignId } from "./region-of-ids.ts";

const US = "01a20fd3-f27c-8001-ae65-85decb18c6cc";
const EU = "01a20fd3-f27c-8002-ae65-85decb18c6cc";

it("finds an id of another cell at any depth, in any case", () => {
  expect(foreignId({ workflowId: EU }, 1)).toEqual({ field: "workflowId", cell: 2 });
  expect(foreignId({ id: EU.toUpperCase() }, 1)).toEqual({ field: "id", cell: 2 });
  expect(foreignId({ a: { b: [{ runId: EU }] } }, 1)).toEqual({ field: "a.b.0.runId", cell: 2 });
});

it("lets ids of the own cell pass, and text that only looks like an id", () => {
  expect(foreignId({ workflowId: US, note: EU, inputs: { ticket: EU } }, 1)).toBeUndefined();
  expect(foreignId(null, 1)).toBeUndefined();
});
