import type { ASTNode } from "@marcbachmann/cel-js";
import type { ExpressionProblem } from "./expression-problem.ts";
import { isDateTime } from "./formats.ts";
import type { Reference } from "./reference.ts";

/**
 * The part of CEL that expressions may use. There are no macros (`all`, `map`, `filter`, `bind`), so every
 * node runs at most once: the number of nodes is the step limit. There is no `matches`, which would run a
 * backtracking engine, and nothing that reads the machine's time zone.
 */
const FUNCTIONS: Readonly<Record<string, number>> = {
  has: 1,
  size: 1,
  string: 1,
  int: 1,
  double: 1,
};
const LITERAL_FUNCTIONS: Readonly<Record<string, (text: string) => boolean>> = {
  timestamp: isDateTime,
  duration: (text) => /^-?(?:\d{1,9}(?:\.\d{1,9})?(?:h|m|s|ms))+$/.test(text) && text.length <= 40,
};
const METHODS: Readonly<Record<string, number>> = {
  startsWith: 1,
  endsWith: 1,
  contains: 1,
  lowerAscii: 0,
  upperAscii: 0,
  size: 0,
  getFullYear: 0,
  getMonth: 0,
  getDate: 0,
  getDayOfWeek: 0,
  getHours: 0,
  getMinutes: 0,
  getSeconds: 0,
};
const OPERATORS = new Set([
  "!=",
  "==",
  "in",
  "+",
  "-",
  "*",
  "/",
  "%",
  "<",
  "<=",
  ">",
  ">=",
  "||",
  "&&",
  "?:",
]);

/** CEL's int has 64 bits with a sign; the parser reads digits without an end. */
const GREATEST_INT = 2n ** 63n - 1n;
const LEAST_INT = -GREATEST_INT - 1n;

const ALLOWED_CALLS: readonly string[] = [
  ...Object.keys(FUNCTIONS),
  ...Object.keys(LITERAL_FUNCTIONS),
  ...Object.keys(METHODS),
].map((name) => `${name}()`);

/** Reads a parsed expression: what it refers to, and what it uses that is not allowed. */
export function inspect(root: ASTNode): { references: Reference[]; problems: ExpressionProblem[] } {
  const references: Reference[] = [];
  const problems: ExpressionProblem[] = [];
  const open: ASTNode[] = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    const reference = referenceOf(node);
    if (reference !== undefined) {
      references.push(reference);
      continue;
    }
    const refusal = whyRefused(node);
    if (refusal !== undefined) {
      const { message, allowed } = refusal;
      problems.push({
        rule: "expression-unsupported",
        message,
        start: node.start,
        end: node.end,
        ...(allowed === undefined ? {} : { allowed }),
      });
    }
    open.push(...operandsOf(node));
  }
  return { references, problems };
}

/** `a.b.c` as one reference: names joined by dots, from a bare name on. */
function referenceOf(node: ASTNode): Reference | undefined {
  const path: string[] = [];
  let at = node;
  while (at.op === ".") {
    path.unshift(at.args[1]);
    at = at.args[0];
  }
  if (at.op !== "id") return undefined;
  path.unshift(at.args);
  return { path, start: at.start, end: node.end };
}

type Refusal = { readonly message: string; readonly allowed?: readonly string[] };

function whyRefused(node: ASTNode): Refusal | undefined {
  switch (node.op) {
    case "call":
      return whyCallRefused(node.args[0], node.args[1]);
    case "rcall":
      return whyMethodRefused(node.args[0], node.args[2].length);
    case "list":
    case "!_":
    case "-_":
      return undefined;
    case "value": {
      if (typeof node.args === "bigint" && node.args > GREATEST_INT) {
        return { message: `an integer lies between ${LEAST_INT} and ${GREATEST_INT}` };
      }
      const isPlain = node.args === null || typeof node.args !== "object";
      return isPlain
        ? undefined
        : { message: "bytes and unsigned numbers are not part of our expressions" };
    }
    default:
      return OPERATORS.has(node.op)
        ? undefined
        : { message: `"${node.op}" is not part of our expressions here` };
  }
}

function whyCallRefused(name: string, args: readonly ASTNode[]): Refusal | undefined {
  const isLiteralText = Object.hasOwn(LITERAL_FUNCTIONS, name)
    ? LITERAL_FUNCTIONS[name]
    : undefined;
  if (isLiteralText !== undefined) {
    const [argument] = args;
    const text = args.length === 1 && argument?.op === "value" ? argument.args : undefined;
    if (typeof text === "string" && isLiteralText(text)) return undefined;
    const example = name === "timestamp" ? '"2026-01-31T08:00:00Z"' : '"1h30m"';
    return { message: `${name}() takes one literal text such as ${example}` };
  }
  if (Object.hasOwn(FUNCTIONS, name) && FUNCTIONS[name] === args.length) return undefined;
  return {
    message: `function ${name}() with ${args.length} arguments is not available`,
    allowed: ALLOWED_CALLS,
  };
}

function whyMethodRefused(name: string, count: number): Refusal | undefined {
  if (Object.hasOwn(METHODS, name) && METHODS[name] === count) return undefined;
  return { message: `.${name}() with ${count} arguments is not available`, allowed: ALLOWED_CALLS };
}

function operandsOf(node: ASTNode): readonly ASTNode[] {
  switch (node.op) {
    case "value":
    case "id":
      return [];
    case "!_":
      return [node.args];
    case "-_":
      return isLeastInt(node) ? [] : [node.args];
    case ".":
    case ".?":
      return [node.args[0]];
    case "call":
      return node.args[1];
    case "rcall":
      return [node.args[1], ...node.args[2]];
    case "map":
      return node.args.flat();
    default:
      return node.args;
  }
}

/** The parser reads the least int as a minus before digits that are too large by themselves. */
function isLeastInt(node: ASTNode & { op: "-_" }): boolean {
  return node.args.op === "value" && node.args.args === -LEAST_INT;
}
