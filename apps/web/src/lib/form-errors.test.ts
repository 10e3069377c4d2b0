import type { Problem } from "@aic-sos/contract/problem";
import { describe, expect, it } from "vitest";
import { formErrors } from "./form-errors.ts";

const problem = (errors: Problem["errors"]): Problem => ({
  type: "/docs/errors#invalid_input",
  title: "The request is not valid",
  status: 400,
  code: "invalid_input",
  detail: "…",
  errors,
});

describe("formErrors", () => {
  it("puts each sentence beside its field", () => {
    const found = formErrors(problem([{ field: "name", message: "must not be empty" }]), [
      "name",
      "key",
    ]);
    expect(found).toEqual({ fields: { name: "must not be empty" }, rest: [] });
  });

  it("finds nested fields, and the nearest field above a path that has none of its own", () => {
    const found = formErrors(
      problem([
        { field: "config.instanceUrl", message: "must be an https address" },
        { field: "inputs.ticket.id", message: "is missing" },
        { field: "inputs.other", message: "is too long" },
      ]),
      ["config.instanceUrl", "inputs", "inputs.ticket"],
    );
    expect(found.fields).toEqual({
      "config.instanceUrl": "must be an https address",
      "inputs.ticket": "id: is missing",
      inputs: "other: is too long",
    });
  });

  it("never swallows a problem that the form has no field for", () => {
    const found = formErrors(
      problem([
        { field: "workspaceId", message: "is missing" },
        { field: "", message: "must be an object" },
        { field: "names", message: "is unknown" },
      ]),
      ["name"],
    );
    expect(found.fields).toEqual({});
    expect(found.rest).toEqual([
      "workspaceId: is missing",
      "must be an object",
      "names: is unknown",
    ]);
  });

  it("says what is allowed, and keeps two sentences about one field", () => {
    const found = formErrors(
      problem([
        { field: "role", message: "is unknown", allowed: ["Operator", "Auditor"] },
        { field: "role", message: "clashes" },
      ]),
      ["role"],
    );
    expect(found.fields.role).toBe("is unknown. Allowed: Operator, Auditor; clashes");
  });

  it("finds nothing in no problem", () => {
    expect(formErrors(undefined, ["name"])).toEqual({ fields: {}, rest: [] });
  });
});
