import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { ROOT, run, tally } from "./run.ts";

/** The part of vitest's JSON report that is read here. */
interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly testResults: readonly {
    readonly status: string;
    readonly name: string;
    readonly assertionResults: readonly unknown[];
  }[];
}

/** What failed that vitest does not count as a test: files that could not be loaded. */
function filesThatFailedToLoad(report: Report): number {
  return report.testResults.filter(
    ({ status, assertionResults }) => status === "failed" && assertionResults.length === 0,
  ).length;
}

async function main(): Promise<void> {
  // Prisma's client, and the console that the browser tests open.
  const built = await run(["turbo", "run", "generate", "build", "--output-logs=errors-only"], {
    show: true,
  });
  const reportFile = join(ROOT, "test-results/vitest.json");
  rmSync(reportFile, { force: true });
  const tests = await run(
    [
      "vitest",
      "run",
      "--reporter=default",
      "--reporter=json",
      `--outputFile.json=${reportFile}`,
      // `pnpm test policy` runs what has "policy" in its path.
      ...process.argv.slice(2),
    ],
    { show: true },
  );
  const report = readReport(reportFile);
  const passed = report?.numPassedTests ?? 0;
  const failed = report ? report.numFailedTests + filesThatFailedToLoad(report) : 0;
  const skipped = report ? report.numPendingTests + report.numTodoTests : 0;
  // An unhandled error, a failed teardown or no test at all fails the run though no test failed.
  const silent = failed === 0 && (tests.code !== 0 || passed === 0) ? 1 : 0;
  const broken = failed + silent + (built.code === 0 ? 0 : 1);
  console.log(tally({ passed, failed: broken, skipped }));
  process.exitCode = broken === 0 ? 0 : 1;
}

function readReport(path: string): Report | undefined {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as Report;
  } catch {
    return undefined;
  }
}

await main();
