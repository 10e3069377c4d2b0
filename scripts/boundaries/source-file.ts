import { parseSync, Visitor } from "oxc-parser";

/** One `import`, re-export, `import()` or `import("…")` type of a file. */
export interface Import {
  readonly specifier: string;
  readonly line: number;
  /** True when nothing of it is left at run time. */
  readonly typeOnly: boolean;
  /** The imported names; empty for `import "…"`, `* as` and `import()`. */
  readonly names: readonly string[];
}

/** A dotted name (`process.env`), a call of a global (`fetch()`) or a bare `new Date()` that a file uses. */
export interface Use {
  readonly name: string;
  readonly line: number;
}

/** What the rules look at. `path` is relative to the repository's root, with slashes. */
export interface SourceFile {
  readonly path: string;
  readonly isTest: boolean;
  readonly lines: number;
  readonly imports: readonly Import[];
  readonly starExports: readonly number[];
  /** True when the file has exports and all of them are passed on from other files. */
  readonly isBarrel: boolean;
  readonly uses: readonly Use[];
}

/** Parses TypeScript. Throws with the parser's message when the text is none. */
export function parseSourceFile(path: string, text: string): SourceFile {
  const { program, module, errors } = parseSync(path, text);
  const [error] = errors;
  if (error) throw new Error(`${path} cannot be parsed: ${error.message}`);
  const lineOf = lineCounter(text);
  const { imports, starExports } = moduleRequests(module, text, lineOf);
  const found = walk(program, lineOf);
  return {
    path,
    isTest: /\.test(?:-support|-d)?\.tsx?$|(?:^|\/)test\//.test(path),
    lines: text.split("\n").length - (text.endsWith("\n") ? 1 : 0),
    imports: [...imports, ...found.importTypes],
    starExports,
    isBarrel: isBarrel(program.body),
    uses: found.uses,
  };
}

type Parsed = ReturnType<typeof parseSync>;
type LineOf = (offset: number) => number;

function lineCounter(text: string): LineOf {
  const starts = [0];
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return (offset) => starts.findLastIndex((start) => start <= offset) + 1;
}

function moduleRequests(module: Parsed["module"], text: string, lineOf: LineOf) {
  const imports: Import[] = [];
  const starExports: number[] = [];
  for (const { moduleRequest, entries, start } of module.staticImports) {
    imports.push({
      specifier: moduleRequest.value,
      line: lineOf(start),
      typeOnly: entries.length > 0 && entries.every((entry) => entry.isType),
      names: entries.flatMap((entry) => entry.importName.name ?? []),
    });
  }
  for (const { moduleRequest, importName, isType, start } of module.staticExports.flatMap(
    (statement) => statement.entries,
  )) {
    if (!moduleRequest) continue;
    const names = importName.name === null ? [] : [importName.name];
    imports.push({ specifier: moduleRequest.value, line: lineOf(start), typeOnly: isType, names });
    if (importName.kind.startsWith("All")) starExports.push(lineOf(start));
  }
  for (const { moduleRequest, start } of module.dynamicImports) {
    const literal = /^["'`]([^"'`$]+)["'`]$/.exec(
      text.slice(moduleRequest.start, moduleRequest.end),
    )?.[1];
    if (literal !== undefined) {
      imports.push({ specifier: literal, line: lineOf(start), typeOnly: false, names: [] });
    }
  }
  return { imports, starExports };
}

function isBarrel(statements: Parsed["program"]["body"]): boolean {
  const exports = statements.filter((statement) => statement.type.startsWith("Export"));
  const others = statements.filter(
    (statement) => !statement.type.startsWith("Export") && statement.type !== "ImportDeclaration",
  );
  const passedOn = (statement: (typeof exports)[number]): boolean =>
    statement.type === "ExportAllDeclaration" ||
    (statement.type === "ExportNamedDeclaration" && statement.declaration === null);
  return exports.length > 0 && others.length === 0 && exports.every(passedOn);
}

function walk(program: Parsed["program"], lineOf: LineOf) {
  const uses: Use[] = [];
  const importTypes: Import[] = [];
  const use = (name: string | undefined, start: number): void => {
    if (name !== undefined)
      uses.push({ name: name.replace(/^globalThis\./, ""), line: lineOf(start) });
  };
  new Visitor({
    MemberExpression: (node) => use(dottedName(node), node.start),
    CallExpression: (node) => {
      if (node.callee.type === "Identifier") use(`${node.callee.name}()`, node.start);
    },
    NewExpression: (node) => {
      if (node.callee.type !== "Identifier") return;
      use(`new ${node.callee.name}(${node.arguments.length === 0 ? "" : "…"})`, node.start);
    },
    VariableDeclarator: (node) => {
      if (node.init?.type !== "Identifier" || node.id.type !== "ObjectPattern") return;
      for (const property of node.id.properties) {
        if (property.type === "Property" && property.key.type === "Identifier") {
          use(`${node.init.name}.${property.key.name}`, node.start);
        }
      }
    },
    TSImportType: (node) => {
      importTypes.push({
        specifier: node.source.value,
        line: lineOf(node.start),
        typeOnly: true,
        names: [],
      });
    },
  }).visit(program);
  return { uses, importTypes };
}

interface Named {
  readonly type: string;
  readonly name?: unknown;
  readonly object?: Named;
  readonly property?: Named;
  readonly computed?: boolean;
  readonly value?: unknown;
}

function dottedName(node: Named): string | undefined {
  if (node.type === "Identifier" && typeof node.name === "string") return node.name;
  if (node.type !== "MemberExpression" || !node.object || !node.property) return undefined;
  const owner = dottedName(node.object);
  const key = node.computed ? node.property.value : node.property.name;
  return owner !== undefined && typeof key === "string" ? `${owner}.${key}` : undefined;
}
