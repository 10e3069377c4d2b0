import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { openSeedProgress } from "./seed-progress.ts";

let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "aic-progress-"));
});
afterEach(() => rm(dataDir, { recursive: true }));

it("a step that was done is not done again, also after a restart", async () => {
  const first = await openSeedProgress(dataDir);
  expect(await first.once("tenant", async () => "id-1")).toBe("id-1");
  const second = await openSeedProgress(dataDir);
  expect(await second.once("tenant", async () => "id-2")).toBe("id-1");
  expect(second.has("tenant")).toBe(true);
});

it("a step that failed is done again", async () => {
  const progress = await openSeedProgress(dataDir);
  await expect(
    progress.once("tenant", () => Promise.reject(new Error("cut short"))),
  ).rejects.toThrow("cut short");
  expect(await progress.once("tenant", async () => "id")).toBe("id");
});

it("steps done side by side are all kept, in a file that only its owner reads", async () => {
  const progress = await openSeedProgress(dataDir);
  await Promise.all(
    Array.from({ length: 20 }, (_, n) => progress.once(`step-${n}`, async () => `${n}`)),
  );
  const again = await openSeedProgress(dataDir);
  expect(Array.from({ length: 20 }, (_, n) => again.has(`step-${n}`))).not.toContain(false);
  expect((await stat(join(dataDir, "demo-data.json"))).mode & 0o777).toBe(0o600);
});
