import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ROOT } from "./run.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "ci-"));
  mkdirSync(join(folder, "bin"));
  cpSync(join(ROOT, ".ci"), join(folder, ".ci"), { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Runs .ci/run with an `npx` that prints and exits as told, and notes how it was called. */
function ci(check: { says: string; code?: number }, test: { says: string; code?: number }) {
  const npx = [
    "#!/bin/bash",
    `echo "$@" >> "${folder}/calls"`,
    'case "$*" in',
    `  "--yes pnpm check") printf '${check.says}\\n'; exit ${check.code ?? 0} ;;`,
    `  "--yes pnpm test") printf '${test.says}\\n'; exit ${test.code ?? 0} ;;`,
    "esac",
    "exit 127",
  ];
  writeFileSync(join(folder, "bin/npx"), npx.join("\n"));
  chmodSync(join(folder, "bin/npx"), 0o755);
  const { status, stdout } = spawnSync("bash", [join(folder, ".ci/run")], {
    encoding: "utf8",
    env: { PATH: [join(folder, "bin"), process.env.PATH].join(delimiter) },
  });
  return { status, last: stdout.trimEnd().split("\n").at(-1) };
}

describe("what a merge must pass", () => {
  it("adds up what check and test counted", () => {
    expect(ci({ says: "check: 11 passed, 0 failed" }, { says: "500 passed, 0 failed" })).toEqual({
      status: 0,
      last: "511 passed, 0 failed",
    });
  });

  it("tells how many tests were skipped", () => {
    expect(
      ci({ says: "check: 11 passed, 0 failed" }, { says: "5 passed, 0 failed, 2 skipped" }),
    ).toEqual({ status: 0, last: "16 passed, 0 failed, 2 skipped" });
  });

  it("fails when a check fails, and still runs the tests", () => {
    expect(
      ci({ says: "check: 9 passed, 2 failed", code: 1 }, { says: "500 passed, 0 failed" }),
    ).toEqual({ status: 1, last: "509 passed, 2 failed" });
  });

  it("fails when a command dies without saying so", () => {
    expect(ci({ says: "boom", code: 1 }, { says: "5 passed, 0 failed", code: 1 })).toEqual({
      status: 1,
      last: "5 passed, 2 failed",
    });
  });

  it("fails when a command ends well but counted nothing", () => {
    expect(ci({ says: "check: 11 passed, 0 failed" }, { says: "" })).toEqual({
      status: 1,
      last: "11 passed, 1 failed",
    });
  });

  it("reads the last tally, also when pnpm says more behind it and in colour", () => {
    const says = "1 passed, 0 failed\\n\\033[32m7 passed, 1 failed\\033[0m\\n[ELIFECYCLE] failed";
    expect(ci({ says: "check: 1 passed, 0 failed" }, { says, code: 1 })).toEqual({
      status: 1,
      last: "8 passed, 1 failed",
    });
  });
});
