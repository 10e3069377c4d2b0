import { CreateProviderKey } from "@aic-sos/contract/provider-keys";
import { describe, expect, it } from "vitest";
import { schemaErrors } from "./schema-errors.ts";

describe("schemaErrors", () => {
  it("finds before sending what the server would refuse, field by field", () => {
    const errors = schemaErrors(CreateProviderKey, {
      provider: "openai",
      name: " ",
      key: "has spaces in it, and many",
    });
    expect(errors).toEqual({
      name: "must not be empty",
      key: "must be printable ASCII without spaces",
    });
  });
  it("finds nothing in an input that is fine", () => {
    expect(
      schemaErrors(CreateProviderKey, {
        provider: "openai",
        name: "main",
        key: "sk-1234567812345678",
      }),
    ).toEqual({});
  });
});
