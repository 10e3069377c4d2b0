import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { childEnvironment } from "../../config.ts";
import type { Guard } from "./guard.ts";

/** The part of vitest's JSON report that is read here. */
interface Report {
  readonly numPassedTests: number;
  readonly testResults: readonly {
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
  }[];
}

export interface TestRun {
  readonly passed: number;
  /** Names of the tests that failed. */
  readonly failed: readonly string[];
  /** How it ended when no test says: a file that did not load, a hook that threw. */
  readonly broken: string | undefined;
}

/** Runs tests of the copy, in a process and on a Postgres of their own. */
export async function runTests(
  folder: string,
  wanted: readonly Guard["caughtBy"][],
): Promise<TestRun> {
  const report = join(folder, "guards.json");
  rmSync(report, { force: true });
  const [first] = wanted;
  const name = wanted.length === 1 ? first?.test : undefined;
  const child = spawn(
    process.execPath,
    [
      join(folder, "node_modules/vitest/vitest.mjs"),
      "run",
      ...[...new Set(wanted.map(({ project }) => project))].flatMap((one) => ["--project", one]),
      ...new Set(wanted.map(({ file }) => file)),
      ...(name === undefined ? [] : ["--testNamePattern", escaped(name)]),
      "--reporter=json",
      `--outputFile.json=${report}`,
    ],
    { cwd: folder, env: childEnvironment({}), stdio: ["ignore", "pipe", "pipe"] },
  );
  const output: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => output.push(chunk));
  }
  const [code] = (await once(child, "close")) as [number | null];
  const read = readReport(report);
  const tests = read?.testResults.flatMap(({ assertionResults }) => assertionResults) ?? [];
  const failed = tests.filter(({ status }) => status === "failed").map(({ fullName }) => fullName);
  const silent = code !== 0 && failed.length === 0;
  const broken = silent ? Buffer.concat(output).toString("utf8").slice(-2_000) : undefined;
  return { passed: read?.numPassedTests ?? 0, failed, broken };
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}

function readReport(path: string): Report | undefined {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as Report;
  } catch {
    return undefined;
  }
}
