import { describe, expect, it } from "vitest";
import { othersIn } from "./fetch-other-regions.ts";

describe("othersIn", () => {
  it("keeps what is a region at an https address, and nothing that could be a script", () => {
    const good = { region: "ap-southeast-1", url: "https://ap.example.com" };
    const bad = [
      { region: "ap-southeast-1", url: "javascript:alert(1)" },
      { region: "ap-southeast-1", url: "http://ap.example.com" },
      { region: 7, url: "https://ap.example.com" },
      null,
      "x",
    ];
    expect(othersIn({ others: [good, ...bad] })).toEqual([good]);
    expect(othersIn(null)).toEqual([]);
    expect(othersIn({ others: {} })).toEqual([]);
  });
});
