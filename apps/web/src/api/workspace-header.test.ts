import { describe, expect, it } from "vitest";
import { EVERYWHERE, isEverywhere, workspaceHeader } from "./workspace-header.ts";

const W1 = "0198c0de-0000-8001-8000-00000000000a";
const W2 = "0198c0de-0000-8001-8000-00000000000b";
const about = (input: unknown, context = {}) => ({ input, context });

describe("workspaceHeader", () => {
  it("is the workspace that the inputs name, so that a request never contradicts itself", () => {
    expect(workspaceHeader([about({ workspaceId: W1 }), about({}), about(undefined)])).toBe(W1);
  });
  it("is left out where no workspace is meant, and of a batch about two", () => {
    expect(workspaceHeader([about({})])).toBeUndefined();
    expect(
      workspaceHeader([about({ workspaceId: W1 }), about({ workspaceId: W2 })]),
    ).toBeUndefined();
  });
  it("is * for the whole tenant, on purpose only", () => {
    expect(workspaceHeader([about({}, EVERYWHERE.context)])).toBe("*");
    expect(isEverywhere(about({}, EVERYWHERE.context))).toBe(true);
    expect(isEverywhere(about({}))).toBe(false);
  });
});
