import { describe, expect, it } from "vitest";
import { workspaceHeader } from "./workspace-header.ts";

const W1 = "0198c0de-0000-8001-8000-00000000000a";
const W2 = "0198c0de-0000-8001-8000-00000000000b";

describe("workspaceHeader", () => {
  it("is the workspace of the address when no input names one", () => {
    expect(workspaceHeader([{}, undefined], `/w/${W1}/runs`)).toBe(W1);
    expect(workspaceHeader([{}], "/login")).toBeUndefined();
  });
  it("follows the input, so that a request on its way out never contradicts itself", () => {
    expect(workspaceHeader([{ workspaceId: W1 }, {}], `/w/${W2}`)).toBe(W1);
  });
  it("is left out of a batch about two workspaces", () => {
    expect(workspaceHeader([{ workspaceId: W1 }, { workspaceId: W2 }], `/w/${W2}`)).toBeUndefined();
  });
});
