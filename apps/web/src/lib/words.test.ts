import { describe, expect, it } from "vitest";
import {
  counted,
  dataModeWords,
  eitherOf,
  initialsOf,
  regionLook,
  shortId,
  spanWords,
} from "./words.ts";

describe("regionLook", () => {
  it("gives US and EU different colours, and every other region a third", () => {
    expect(regionLook("us-east-1")).toEqual({ label: "US", tone: "us" });
    expect(regionLook("eu-west-1")).toEqual({ label: "EU", tone: "eu" });
    expect(regionLook("ap-south-1")).toEqual({ label: "AP", tone: "elsewhere" });
  });
});

describe("dataModeWords", () => {
  it("says both modes in words, and the careful one for a mode it does not know", () => {
    expect(dataModeWords("full")).toBe("full content");
    expect(dataModeWords("metadata_only")).toBe("metadata only");
  });
});

describe("counted, eitherOf, shortId, initialsOf", () => {
  it("speak plainly", () => {
    expect(counted(1, "run")).toBe("1 run");
    expect(counted(0, "run")).toBe("0 runs");
    expect(counted(2, "policy", "policies")).toBe("2 policies");
    expect(eitherOf(["A", "B", "C"])).toBe("A, B or C");
    expect(eitherOf(["A"])).toBe("A");
    expect(eitherOf([])).toBe("");
    expect(shortId("0198c0de-0000-8001-8000-0000deadbeef")).toBe("deadbeef");
    expect(initialsOf("Ana María López")).toBe("AL");
    expect(initialsOf("olga")).toBe("O");
    expect(initialsOf("  ")).toBe("");
  });
});

describe("spanWords", () => {
  it("says minutes in the largest unit that takes them whole", () => {
    const said = [15, 60, 90, 720, 1440, 2160, 10_080].map(spanWords);
    expect(said).toEqual([
      "15 minutes",
      "1 hour",
      "90 minutes",
      "12 hours",
      "24 hours",
      "36 hours",
      "7 days",
    ]);
  });
});
