import type { ValueDeclaration } from "../definition.ts";
import { isJsonList, type JsonObject, type JsonValue, own } from "../json.ts";
import { LIMITS } from "../limits.ts";
import type { Report } from "../report.ts";
import { admitsOnlySafeCharacters, METADATA_CHARACTERS } from "../safe-pattern.ts";

const ALLOWED = [
  "type: number or integer",
  "type: boolean",
  "type: string with format: date-time",
  "type: string with format: uuid",
  "enum of texts, numbers or booleans, all of one type",
  `type: string with maxLength up to ${LIMITS.metadataCharacters} and a pattern "^…$" of ${METADATA_CHARACTERS}`,
] as const;

const KEYWORDS = new Set(
  (
    "type enum const default title description $comment examples deprecated readOnly writeOnly format " +
    "minLength maxLength pattern minimum maximum exclusiveMinimum exclusiveMaximum multipleOf"
  ).split(" "),
);

/**
 * Metadata is stored even where a workspace keeps no content, so only values that cannot carry prose may
 * be metadata: numbers, booleans, times, UUIDs, enums, and short texts of a fixed set without white space.
 */
export function checkMetadataClass(
  declaration: ValueDeclaration,
  pointer: string,
  report: Report,
): void {
  if (declaration.class !== "metadata") return;
  const reason = whyNotMetadata(declaration.schema);
  if (reason === undefined) return;
  const message = `cannot be class: metadata, because ${reason}`;
  report.at(pointer, "key", "metadata-class", message, ALLOWED);
}

function whyNotMetadata(schema: JsonObject): string | undefined {
  const other = Object.keys(schema).find((keyword) => !KEYWORDS.has(keyword));
  if (other !== undefined) return `its schema uses "${other}"`;
  const values = own(schema, "enum");
  if (isJsonList(values)) return whyNotClosedList(values, schema);
  switch (own(schema, "type")) {
    case "number":
    case "integer":
    case "boolean":
      return undefined;
    case "string":
      return whyNotShortText(schema);
    default:
      return "it has no single type of string, number, integer or boolean";
  }
}

function whyNotClosedList(values: readonly JsonValue[], schema: JsonObject): string | undefined {
  const types = new Set(values.map((value) => typeof value));
  if (types.size !== 1 || types.has("object")) return "its enum mixes types";
  const long = values.some(
    (value) => typeof value === "string" && value.length > LIMITS.metadataCharacters,
  );
  if (long) return `its enum has a text of more than ${LIMITS.metadataCharacters} characters`;
  const type = own(schema, "type");
  const isOfType = (value: JsonValue) =>
    type === typeof value || (type === "integer" && Number.isInteger(value));
  return type === undefined || values.every(isOfType)
    ? undefined
    : "its enum holds values of another type";
}

function whyNotShortText(schema: JsonObject): string | undefined {
  const format = own(schema, "format");
  if (format === "date-time" || format === "uuid") return undefined;
  const maxLength = own(schema, "maxLength");
  if (typeof maxLength !== "number" || maxLength > LIMITS.metadataCharacters) {
    return `it is a text without a maxLength of at most ${LIMITS.metadataCharacters}`;
  }
  const pattern = own(schema, "pattern");
  if (typeof pattern !== "string") return "it is a text without a pattern";
  if (admitsOnlySafeCharacters(pattern)) return undefined;
  return `its pattern is not "^…$" made of ${METADATA_CHARACTERS}, classes of them, \\d, \\w, groups and repeats`;
}
