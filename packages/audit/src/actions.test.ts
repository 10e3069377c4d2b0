import { describe, expect, it } from "vitest";
import { ACTION_NOUNS, ACTIONS, actionsOf } from "./actions.ts";

describe("an action to search the log by", () => {
  it("is itself, or every permission and type of a noun", () => {
    expect(actionsOf("workflow:publish")).toEqual(["workflow:publish"]);
    expect(actionsOf("workflow.published")).toEqual(["workflow.published"]);
    expect(actionsOf("run")).toEqual([
      "run:create",
      "run:read",
      "run:delete",
      "run.created",
      "run.deleted",
    ]);
    expect(actionsOf("runs")).toEqual([]);
  });

  it("belongs to exactly one noun", () => {
    const all = ACTION_NOUNS.flatMap(actionsOf);
    expect(all.toSorted()).toEqual([...ACTIONS].toSorted());
  });
});
