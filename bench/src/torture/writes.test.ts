import { describe, expect, it } from "vitest";
import { makeWrite, workflowSource } from "./writes.ts";

const writer = {
  authorization: "Bearer x",
  region: "us-east-1",
  workspaceId: "w",
  workflowId: "f",
};

describe("writes of the torture", () => {
  it("have a key and a mark of their own, each kind in turn", () => {
    const writes = Array.from({ length: 6 }, (_, number) => makeWrite(writer, number));
    expect(new Set(writes.map(({ request }) => request.idempotencyKey)).size).toBe(6);
    expect(new Set(writes.map(({ mark }) => mark)).size).toBe(6);
    expect(writes.slice(0, 3).map(({ kind }) => kind)).toEqual(["workspace", "workflow", "run"]);
  });

  it("name the workflow by its mark", () => {
    expect(workflowSource("inc0000001")).toContain("name: inc0000001");
  });
});
