import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { WORKFLOW_JSON_SCHEMA } from "./json-schema.ts";
import { SCHEMA_KEYWORDS, SUBSCHEMAS } from "./json-schema-subset.ts";

describe("the published JSON Schema", () => {
  it("is a valid schema of draft 2020-12, under its published address", () => {
    const ajv = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false });
    expect(ajv.validateSchema(WORKFLOW_JSON_SCHEMA)).toBe(true);
    expect(WORKFLOW_JSON_SCHEMA.$id).toBe("https://aic-sos.dev/schemas/workflow-v1.json");
  });

  it("refers to nothing outside itself", () => {
    const references = [...JSON.stringify(WORKFLOW_JSON_SCHEMA).matchAll(/"\$ref":"([^"]*)"/g)];
    expect(references.length).toBeGreaterThan(10);
    for (const [, reference] of references) expect(reference).toMatch(/^#\/\$defs\//);
  });

  it("lists every keyword that holds schemas where the rules walk them", () => {
    const walked: readonly string[] = [...SUBSCHEMAS.one, ...SUBSCHEMAS.list, ...SUBSCHEMAS.byName];
    const holding = Object.entries(SCHEMA_KEYWORDS)
      .filter(([, keyword]) => JSON.stringify(keyword).includes("#/$defs/schema"))
      .map(([name]) => name);
    expect(holding.toSorted()).toEqual(walked.toSorted());
  });
});
