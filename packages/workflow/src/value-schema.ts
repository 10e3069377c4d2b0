import { Ajv2020, type ErrorObject } from "ajv/dist/2020.js";
import { FORMATS } from "./formats.ts";
import type { JsonObject, JsonValue } from "./json.ts";
import { compilePattern, PatternWork, PatternWorkExceeded } from "./pattern.ts";

/** What is wrong with a value, and where in it (JSON pointer). The message never repeats the value. */
export type ValueProblem = { readonly pointer: string; readonly message: string };
export type ValueCheck = (value: JsonValue) => readonly ValueProblem[];

/**
 * Compiles customers' schemas, for one check: patterns run on RE2 under one common bound of work, formats
 * are ours, nothing is loaded, `$data` and custom keywords are off. Callers have bounded the schema
 * (`checkDeclarations`) and the value (`boundValue`).
 */
export function createSchemaCompiler(): (schema: JsonObject) => ValueCheck {
  const work = new PatternWork();
  const regExp = (source: string) => {
    const pattern = compilePattern(source, work);
    // Ajv tells compiled patterns apart by their text.
    return { test: (text: string) => pattern.test(text), toString: () => `/${source}/` };
  };
  const ajv = new Ajv2020({
    strict: true,
    strictTypes: false,
    strictTuples: false,
    strictRequired: false,
    meta: false,
    validateSchema: false,
    addUsedSchema: false,
    inlineRefs: false,
    ownProperties: true,
    allErrors: false,
    logger: false,
    formats: { ...FORMATS },
    code: {
      regExp: Object.assign(regExp, {
        code: "the patterns of a workflow are not exported as code",
      }),
    },
  });
  return (schema) => {
    const validate = ajv.compile(schema);
    return (value) => {
      try {
        return validate(value) ? [] : (validate.errors ?? []).map(problemOf);
      } catch (error) {
        if (error instanceof PatternWorkExceeded) return [{ pointer: "", message: error.message }];
        throw error;
      }
    };
  };
}

function problemOf(error: ErrorObject): ValueProblem {
  const { instancePath: pointer, keyword, params } = error;
  if (keyword === "enum") {
    const allowed = (params["allowedValues"] as readonly unknown[]).map((value) =>
      JSON.stringify(value),
    );
    return { pointer, message: `must be one of ${allowed.join(", ").slice(0, 500)}` };
  }
  if (keyword === "additionalProperties" || keyword === "unevaluatedProperties") {
    const name = params["additionalProperty"] ?? params["unevaluatedProperty"];
    return { pointer, message: `must not have the property ${JSON.stringify(name)}` };
  }
  return { pointer, message: error.message ?? `breaks the schema's ${keyword}` };
}
