import { Ajv2020, type ErrorObject } from "ajv/dist/2020.js";
import { didYouMean, quoted } from "./did-you-mean.ts";
import { type JsonObject, type JsonValue, kindOf } from "./json.ts";
import { WORKFLOW_JSON_SCHEMA } from "./json-schema.ts";
import { child, segmentsOf } from "./pointer.ts";
import type { RawWorkflow } from "./raw-workflow.ts";
import type { Report } from "./report.ts";

/** Our own, trusted schema; compiled once. `verbose` puts the broken part of it into each error. */
const matchesFormat = new Ajv2020({
  allErrors: true,
  verbose: true,
  strict: true,
  strictTypes: false,
  strictRequired: false,
  ownProperties: true,
}).compile<RawWorkflow>(WORKFLOW_JSON_SCHEMA);

/** Each costs time, and nobody reads more. */
const MOST_EXPLAINED = 500;
const MOST_REMOVED = 20;

/**
 * Holds a document against the published schema.
 * @returns the document, typed, so that the later rules can speak too. Where unknown fields were the only
 * problem it comes without them; undefined when anything else is wrong with its structure.
 */
export function checkStructure(document: JsonValue, report: Report): RawWorkflow | undefined {
  if (matchesFormat(document)) return document;
  const errors = [...(matchesFormat.errors ?? [])];
  for (const error of errors.slice(0, MOST_EXPLAINED)) explain(error, report);
  const unknown = errors.filter((error) => error.keyword === "additionalProperties");
  if (unknown.length > MOST_REMOVED) return undefined;
  const known = unknown.reduce((value, error) => without(value, unknownField(error)), document);
  return matchesFormat(known) ? known : undefined;
}

const unknownField = (error: ErrorObject) =>
  child(error.instancePath, String(error.params["additionalProperty"]));

function without(value: JsonValue, pointer: string): JsonValue {
  const [first, ...rest] = segmentsOf(pointer);
  if (first === undefined || typeof value !== "object" || value === null) return value;
  const inner = rest.reduce((path, segment) => child(path, segment), "");
  if (Array.isArray(value)) {
    return value.map((item: JsonValue, index) =>
      String(index) === first ? without(item, inner) : item,
    );
  }
  const members = Object.entries(value as JsonObject);
  if (rest.length === 0) return Object.fromEntries(members.filter(([name]) => name !== first));
  return Object.fromEntries(
    members.map(([name, member]) => [name, name === first ? without(member, inner) : member]),
  );
}

/** What the schema itself says about the broken place: names a text must have, a hint. */
function hintOf(error: ErrorObject): string {
  const hint = error.parentSchema?.["description"];
  return typeof hint === "string" ? `: ${hint}` : "";
}

function listed(values: readonly unknown[]): string[] {
  return values.filter((value) => typeof value === "string");
}

function explain(error: ErrorObject, report: Report): void {
  const { instancePath, params, data } = error;
  if (error.propertyName !== undefined) return explainName(error, error.propertyName, report);
  switch (error.keyword) {
    case "if":
    case "propertyNames":
      return;
    case "additionalProperties":
      return explainUnknown(error, report);
    case "false schema":
      return report.at(
        instancePath,
        "key",
        "unknown-field",
        "a step of this use has no outputs of its own to declare",
      );
    case "required": {
      const name = String(params["missingProperty"]);
      return report.at(instancePath, "key", "missing-field", `field "${name}" is missing`, [name]);
    }
    case "enum":
    case "const": {
      const allowed =
        error.keyword === "const"
          ? listed([params["allowedValue"]])
          : listed(params["allowedValues"]);
      const meant = typeof data === "string" ? didYouMean(data, allowed) : "";
      const message = `${quoted(data)} is not allowed here; allowed: ${allowed.join(", ")}${meant}`;
      return report.at(instancePath, "value", "not-allowed-value", message, allowed);
    }
    case "type": {
      const types = [params["type"]].flat().map(String).map(typeName).join(" or ");
      return report.at(
        instancePath,
        "value",
        "wrong-type",
        `must be ${types}, is ${kindOf(data)}${hintOf(error)}`,
      );
    }
    case "pattern":
      return report.at(
        instancePath,
        "value",
        "invalid-value",
        `${quoted(data)} is not allowed here${hintOf(error)}`,
      );
    default:
      return report.at(instancePath, "value", "invalid-value", limitMessage(error));
  }
}

function typeName(type: string): string {
  if (type === "array") return "a list";
  if (type === "string") return "text";
  if (type === "null") return "null";
  return type === "object" || type === "integer" ? `an ${type}` : `a ${type}`;
}

function explainUnknown(error: ErrorObject, report: Report): void {
  const allowed = fieldsOf(error);
  const name = String(error.params["additionalProperty"]);
  const message = `unknown field ${quoted(name)}${didYouMean(name, allowed)}`;
  report.at(child(error.instancePath, name), "key", "unknown-field", message, allowed);
}

function explainName(error: ErrorObject, name: string, report: Report): void {
  const pointer = child(error.instancePath, name);
  report.at(
    pointer,
    "key",
    "invalid-value",
    `${quoted(name)} is not allowed as a name here${hintOf(error)}`,
  );
}

function limitMessage(error: ErrorObject): string {
  const fields = fieldsOf(error);
  const countsFields = error.keyword === "minProperties" || error.keyword === "maxProperties";
  if (countsFields && fields.length > 0) return `needs exactly one of ${fields.join(", ")}`;
  return `${error.message ?? `breaks ${error.keyword}`}${hintOf(error)}`;
}

function fieldsOf(error: ErrorObject): string[] {
  const properties: unknown = error.parentSchema?.["properties"];
  return typeof properties === "object" && properties !== null ? Object.keys(properties) : [];
}
