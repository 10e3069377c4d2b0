import { describe, expect, it } from "vitest";
import { providersIn } from "./fetch-provider-choice.ts";

describe("the providers to choose from", () => {
  it("are those of the answer that have an id and a name", () => {
    const one = { id: "1", name: "Corp" };
    expect(providersIn({ providers: [one, { id: 2 }, null, "x"] })).toEqual([one]);
  });

  it.each([undefined, null, {}, { providers: "x" }, []])("are none in %s", (body) => {
    expect(providersIn(body)).toEqual([]);
  });
});
