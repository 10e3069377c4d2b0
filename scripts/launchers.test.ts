import { expect, it } from "vitest";
import { launchersOf, type Process } from "./launchers.ts";

/** From the top down; each is the parent of the next. */
function chain(...commands: string[]): Process[] {
  return commands.map((command, index) => ({ pid: index + 10, parent: index + 9, command }));
}

it("finds npx, pnpm and the shells between them, and not the user's own shell", () => {
  const processes = chain(
    "-bash",
    "npm exec pnpm start",
    "sh -c 'pnpm' start",
    "node /root/.npm/_npx/e6/node_modules/.bin/pnpm start",
    "sh -c node scripts/start.ts",
    "node scripts/start.ts",
  );
  expect(launchersOf(15, processes)).toEqual([14, 13, 12, 11]);
});

it("does not take a shell that started npx for a part of it: it may end long before us", () => {
  const processes = chain(
    "bash -c npx --yes pnpm start &",
    "npm exec pnpm start",
    "pnpm start",
    "node scripts/start.ts",
  );
  expect(launchersOf(13, processes)).toEqual([12, 11]);
});

it("finds none when nobody but a shell started us", () => {
  expect(launchersOf(11, chain("/bin/zsh", "node scripts/start.ts"))).toEqual([]);
  expect(launchersOf(11, chain("sh -c node scripts/start.ts", "node scripts/start.ts"))).toEqual(
    [],
  );
});

it("takes a program that merely has npm in its path for what it is", () => {
  expect(launchersOf(11, chain("node /home/me/npm/server.js", "node scripts/start.ts"))).toEqual(
    [],
  );
});
