import type { Rule, Violation } from "./rule.ts";
import type { SourceFile } from "./source-file.ts";

const PURE = /^packages\/(?:policy|audit|contract|workflow)\/src\//;
// The verifier reads a bundle from a file and prints: its command line is the one place with IO.
const COMMAND_LINES = new Set(["packages/audit/src/verify.cli.ts"]);

const HARMLESS_MODULES = new Set(["node:buffer", "node:crypto", "node:util"]);
const CRYPTO_RANDOM = /^(?:random.+|getRandomValues|generate.+|webcrypto)$/;

/** Packages that give the same answer for the same question, always and everywhere. */
export const purePackageRules: readonly Rule[] = [
  {
    id: "pure-no-io",
    because:
      "policy, audit, contract and workflow do no IO, so that they run in the browser and their answers can be replayed: do the IO in the caller and hand the result in.",
    check: inPureFiles((file) => [
      ...file.imports
        .filter(
          ({ specifier }) => specifier.startsWith("node:") && !HARMLESS_MODULES.has(specifier),
        )
        .map(({ specifier, line }) => at(file, line, `imports ${specifier}`)),
      ...used(file, /^(?:fetch\(\)|console\..+|new WebSocket\(.*\))$/),
    ]),
  },
  {
    id: "pure-no-clock",
    because:
      "policy, audit, contract and workflow read no clock, so that a decision can be replayed: take `now` (Unix milliseconds) as a parameter.",
    check: inPureFiles((file) =>
      used(
        file,
        /^(?:Date\.now|new Date\(\)|Date\(\)|performance\.now|set(?:Timeout|Interval|Immediate)\(\)|process\.hrtime.*)$/,
      ),
    ),
  },
  {
    id: "pure-no-randomness",
    because:
      "policy, audit, contract and workflow are deterministic: take the random bytes or the id as a parameter.",
    check: inPureFiles((file) => [
      ...file.imports
        .filter(({ specifier }) => specifier === "node:crypto")
        .flatMap(({ names, line }) =>
          names
            .filter((name) => CRYPTO_RANDOM.test(name))
            .map((name) => at(file, line, `imports ${name}`)),
        ),
      ...used(file, /^(?:Math\.random|(?:crypto|webcrypto)\.(?:random.+|getRandomValues))$/),
    ]),
  },
  {
    id: "pure-no-environment",
    because:
      "policy, audit, contract and workflow know no process: take the setting as a parameter, config.ts of the app reads it.",
    check: inPureFiles((file) => used(file, /^(?:process|import\.meta\.env)(?:\..+)?$/)),
  },
];

function inPureFiles(check: (file: SourceFile) => Violation[]): Rule["check"] {
  return ({ files }) =>
    files
      .filter(({ path, isTest }) => PURE.test(path) && !isTest && !COMMAND_LINES.has(path))
      .flatMap(check);
}

function used(file: SourceFile, names: RegExp): Violation[] {
  return file.uses
    .filter(({ name }) => names.test(name))
    .map(({ name, line }) => at(file, line, `uses ${name}`));
}

function at({ path }: SourceFile, line: number, what: string): Violation {
  return { path, line, what };
}
