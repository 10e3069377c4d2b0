import { mkdtemp, open, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { CheckpointFiles } from "./checkpoint-files.ts";

const TENANT = "01a20fd3-f27c-8001-ae65-85decb18c6cc";
let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "aic-checkpoints-"));
});
afterEach(async () => {
  vi.restoreAllMocks();
  await rm(directory, { recursive: true });
});

const namesIn = () => readdir(join(directory, TENANT));

it("a checkpoint is a file that is written once", async () => {
  const files = await CheckpointFiles.openIn(directory);
  expect(await files.keep(TENANT, 10, "first")).toBe("first");
  expect(await files.keep(TENANT, 10, "second")).toBe("first");
  expect(await files.latest(TENANT)).toBe("first");
  expect(await namesIn()).toEqual(["0000000000000010.checkpoint"]);
});

it("a disk that takes no more keeps nothing of what was tried", async () => {
  const files = await CheckpointFiles.openIn(directory);
  const probe = await open(join(directory, "probe"), "w");
  const handle = Object.getPrototypeOf(probe) as typeof probe;
  await probe.close();
  const full = Object.assign(new Error("no space left"), { code: "ENOSPC" });
  vi.spyOn(handle, "sync").mockRejectedValue(full);
  await expect(files.keep(TENANT, 10, "note")).rejects.toBe(full);
  expect(await namesIn()).toEqual([]);
  vi.restoreAllMocks();
  expect(await files.keep(TENANT, 10, "note")).toBe("note");
});
