import { isAlias, isMap, isScalar, isSeq, type ParsedNode, type Scalar, type YAMLMap } from "yaml";
import { quoted } from "./did-you-mean.ts";
import type { JsonValue } from "./json.ts";
import { child } from "./pointer.ts";
import type { Report } from "./report.ts";
import type { SourceMap, Span } from "./source-map.ts";
import { unstorable } from "./text.ts";

/**
 * YAML nodes → JSON, remembering where each value stands. What JSON cannot say, or what makes a file
 * mean more than it shows, is a problem: aliases, anchors, tags, merge keys, keys that are not text, a key
 * twice, numbers that a double cannot hold. Recursion is safe: `tokenize` bounded the depth.
 */
export function toJson(root: ParsedNode, source: SourceMap, report: Report): JsonValue {
  return new Converter(source, report).value(root, "", undefined);
}

class Converter {
  readonly #source: SourceMap;
  readonly #report: Report;

  constructor(source: SourceMap, report: Report) {
    this.#source = source;
    this.#report = report;
  }

  value(node: ParsedNode | null, pointer: string, key: Span | undefined): JsonValue {
    const span = node === null ? (key ?? { start: 0, end: 0 }) : spanOf(node);
    this.#source.record(pointer, key === undefined ? { value: span } : { key, value: span });
    if (node === null) return null;
    if (isAlias(node)) {
      this.#report.at(
        pointer,
        "value",
        "alias",
        `alias *${node.source}: write the value out instead`,
      );
      return null;
    }
    this.#checkProperties(node, pointer);
    if (isMap(node)) return this.#map(node, pointer);
    if (isSeq(node)) {
      return node.items.map((item, index) => this.value(item, child(pointer, index), undefined));
    }
    return this.#scalar(node, pointer);
  }

  #checkProperties(
    node: Exclude<ParsedNode, { source: string; type?: undefined }>,
    pointer: string,
  ): void {
    if ("anchor" in node && node.anchor !== undefined) {
      const message = `anchor &${node.anchor}: aliases are not part of the format, so no value needs one`;
      this.#report.at(pointer, "value", "alias", message);
    }
    if (node.tag !== undefined) {
      const hint = pointer.endsWith("/if")
        ? '; put an expression that begins with "!" in quotes'
        : "";
      this.#report.at(pointer, "value", "tag", `tag ${node.tag} is not allowed${hint}`);
    }
  }

  #map(map: YAMLMap.Parsed, pointer: string): JsonValue {
    const object: { [name: string]: JsonValue } = {};
    for (const pair of map.items) {
      const name = this.#key(pair.key, pointer);
      if (name === undefined) continue;
      const keySpan = spanOf(pair.key);
      if (Object.hasOwn(object, name)) {
        const first = this.#source.position(this.#source.spanOf(child(pointer, name), "key").start);
        const message = `key ${quoted(name)} is there twice; the first is on line ${first.line}`;
        this.#report.span(keySpan, child(pointer, name), "duplicate-key", message);
        continue;
      }
      object[name] = this.value(pair.value, child(pointer, name), keySpan);
    }
    return object;
  }

  #key(key: ParsedNode, pointer: string): string | undefined {
    if (!isScalar(key) || typeof key.value !== "string") {
      const what = isScalar(key)
        ? `key ${quoted(key.value)} is not text; put it in quotes`
        : "a key is text";
      this.#report.span(spanOf(key), pointer, "key-type", what);
      return undefined;
    }
    const name = key.value;
    const bad = unstorable(name);
    if (bad !== undefined) {
      const message = `the character ${bad.name} is not allowed in a workflow`;
      this.#report.span(spanOf(key), pointer, "invalid-character", message);
      return undefined;
    }
    if (name === "<<") {
      this.#report.span(
        spanOf(key),
        pointer,
        "merge-key",
        "merge keys (<<) are not allowed; write the fields out",
      );
      return undefined;
    }
    if (name === "__proto__") {
      this.#report.span(spanOf(key), pointer, "reserved-key", `key "${name}" is not allowed`);
      return undefined;
    }
    return name;
  }

  #scalar(scalar: Scalar.Parsed, pointer: string): JsonValue {
    const { value } = scalar;
    if (typeof value === "string") {
      const bad = unstorable(value);
      if (bad !== undefined) {
        const message = `the character ${bad.name} is not allowed in a workflow`;
        this.#report.at(pointer, "value", "invalid-character", message);
      }
      return value;
    }
    if (typeof value === "number" && !isExact(value)) {
      const message = `${scalar.source} is not a number that JSON can carry exactly; put it in quotes`;
      this.#report.at(pointer, "value", "number-range", message);
      return 0;
    }
    return typeof value === "number" || typeof value === "boolean" ? value : null;
  }
}

function isExact(value: number): boolean {
  return Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value));
}

function spanOf(node: ParsedNode): Span {
  return { start: node.range[0], end: node.range[1] };
}
