import { describe, expect, it } from "vitest";
import { offersIn } from "./fetch-offers.ts";

const NONE = { regions: [], otherRegions: [], platformLogin: null };

describe("offersIn", () => {
  it("keeps regions at https addresses, and nothing that could be a script", () => {
    const good = { region: "ap-southeast-1", url: "https://ap.example.com" };
    const bad = [
      { region: "ap-southeast-1", url: "javascript:alert(1)" },
      { region: "ap-southeast-1", url: "http://ap.example.com" },
      { region: 7, url: "https://ap.example.com" },
      null,
      "x",
    ];
    const body = { regions: ["us-east-1", 7], otherRegions: [good, ...bad], platformLogin: "Corp" };
    expect(offersIn(body)).toEqual({
      regions: ["us-east-1"],
      otherRegions: [good],
      platformLogin: "Corp",
    });
  });

  it.each([null, "x", [], {}, { regions: {}, otherRegions: 7, platformLogin: 1 }])(
    "makes nothing of %j",
    (body) => {
      expect(offersIn(body)).toEqual(NONE);
    },
  );
});
