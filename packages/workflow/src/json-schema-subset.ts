import { LIMITS } from "./limits.ts";
import { FORMAT_NAMES } from "./formats.ts";

const TYPES = ["array", "boolean", "integer", "null", "number", "object", "string"] as const;

const schema = { $ref: "#/$defs/schema" } as const;
const schemas = { type: "array", minItems: 1, maxItems: 20, items: schema } as const;
const schemaMap = { type: "object", maxProperties: 100, additionalProperties: schema } as const;
const count = { type: "integer", minimum: 0 } as const;
const names = {
  type: "array",
  maxItems: 100,
  uniqueItems: true,
  items: { type: "string" },
} as const;
const text = { type: "string", maxLength: 2_000 } as const;
const flag = { type: "boolean" } as const;

/**
 * The keywords of JSON Schema 2020-12 that a value may be described with. Left out are those that make a
 * schema depend on something outside it ($id, $schema, $anchor, $dynamicRef, $vocabulary).
 */
export const SCHEMA_KEYWORDS = {
  type: {
    description: `one of ${TYPES.join(", ")}, or a list of them`,
    type: ["string", "array"],
    pattern: `^(${TYPES.join("|")})$`,
    minItems: 1,
    uniqueItems: true,
    items: { enum: TYPES },
  },
  enum: { type: "array", minItems: 1, maxItems: 200, uniqueItems: true },
  const: {},
  default: {},
  title: text,
  description: text,
  $comment: text,
  examples: { type: "array", maxItems: 20 },
  deprecated: flag,
  readOnly: flag,
  writeOnly: flag,
  format: { enum: FORMAT_NAMES },
  contentEncoding: text,
  contentMediaType: text,
  minLength: count,
  maxLength: count,
  pattern: {
    description: "an RE2 regular expression: no look-around, no back-references",
    type: "string",
    maxLength: LIMITS.patternCharacters,
  },
  minimum: { type: "number" },
  maximum: { type: "number" },
  exclusiveMinimum: { type: "number" },
  exclusiveMaximum: { type: "number" },
  multipleOf: { type: "number", exclusiveMinimum: 0 },
  items: schema,
  prefixItems: schemas,
  contains: schema,
  minContains: count,
  maxContains: count,
  minItems: count,
  maxItems: count,
  uniqueItems: flag,
  unevaluatedItems: schema,
  properties: schemaMap,
  required: {
    ...names,
    description:
      "the names of properties an object must have; an input is required anyway, unless it says optional: true",
  },
  patternProperties: { ...schemaMap, propertyNames: { maxLength: LIMITS.patternCharacters } },
  additionalProperties: schema,
  propertyNames: schema,
  minProperties: count,
  maxProperties: count,
  unevaluatedProperties: schema,
  dependentRequired: { type: "object", maxProperties: 100, additionalProperties: names },
  dependentSchemas: schemaMap,
  allOf: schemas,
  anyOf: schemas,
  oneOf: schemas,
  not: schema,
  if: schema,
  then: schema,
  else: schema,
  $ref: {
    description:
      'only "#/$defs/<name>" of the same input or output; nothing remote, nothing recursive',
    type: "string",
    pattern: "^#/\\$defs/[A-Za-z0-9_-]{1,64}$",
  },
  $defs: { ...schemaMap, propertyNames: { pattern: "^[A-Za-z0-9_-]{1,64}$" } },
} as const;

/** A schema inside a schema: the keywords, or true (anything) or false (nothing). */
export const VALUE_SCHEMA = {
  type: ["object", "boolean"],
  properties: SCHEMA_KEYWORDS,
  additionalProperties: false,
} as const;

/** An input or output: the keywords, and two words of ours. */
export const DECLARATION = {
  type: "object",
  properties: {
    class: {
      description:
        "content (the default) only passes through the agent; metadata may be stored, shown and computed with",
      enum: ["metadata", "content"],
    },
    optional: { description: "true when the value may be left out", type: "boolean" },
    ...SCHEMA_KEYWORDS,
  },
  additionalProperties: false,
} as const;

/** Keywords whose value is one schema, a list of schemas, or schemas by name; for walking. */
export const SUBSCHEMAS = {
  one: [
    "items",
    "contains",
    "unevaluatedItems",
    "additionalProperties",
    "propertyNames",
    "unevaluatedProperties",
    "not",
    "if",
    "then",
    "else",
  ],
  list: ["prefixItems", "allOf", "anyOf", "oneOf"],
  byName: ["properties", "patternProperties", "dependentSchemas", "$defs"],
} as const;
