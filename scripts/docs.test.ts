import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { ROOT } from "./run.ts";

const pages = execFileSync("git", ["ls-files", "-co", "--exclude-standard", "*.md"], {
  cwd: ROOT,
  encoding: "utf8",
})
  .trim()
  .split("\n")
  .filter((path) => existsSync(join(ROOT, path)));
const text = (path: string): string => readFileSync(join(ROOT, path), "utf8");

describe("the documentation", () => {
  it("links and shows only what is there", () => {
    const missing = pages.flatMap((page) =>
      [...text(page).matchAll(/\]\((?!https?:|#)([^)\s#]+)/g)]
        .map(([, target]) => target ?? "")
        .filter((target) => !existsSync(join(ROOT, dirname(page), target)))
        .map((target) => `${page}: ${target}`),
    );
    expect(missing).toEqual([]);
  });

  it("names only commands that package.json has", () => {
    const { scripts } = JSON.parse(text("package.json")) as { scripts: Record<string, string> };
    const unknown = pages.flatMap((page) =>
      [...text(page).matchAll(/`(?:npx --yes )?pnpm ([a-z][a-z:-]*)/g)]
        .map(([, name]) => name ?? "")
        .filter((name) => scripts[name] === undefined && name !== "install")
        .map((name) => `${page}: pnpm ${name}`),
    );
    expect(unknown).toEqual([]);
  });

  it("draws every folder of the house in the README, and no other", () => {
    const folders = ["apps", "packages"].flatMap((parent) =>
      execFileSync("git", ["ls-files", `${parent}/*/package.json`], { cwd: ROOT, encoding: "utf8" })
        .trim()
        .split("\n")
        .map((path) => path.split("/")[1] ?? ""),
    );
    const drawn = [...text("README.md").matchAll(/^ {2}([a-z-]+)\/ /gm)].map(([, name]) => name);
    expect(new Set(drawn)).toEqual(new Set(folders));
  });
});
