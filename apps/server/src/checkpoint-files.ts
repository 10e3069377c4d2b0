import { randomUUID } from "node:crypto";
import { link, mkdir, open, readdir, readFile, unlink } from "node:fs/promises";
import { join } from "node:path";
import type { CheckpointExport } from "@aic-sos/db/checkpoints";

const SUFFIX = ".checkpoint";
/** Digits of a size, so that names sort as sizes do. */
const DIGITS = 16;

/**
 * Checkpoints as files, one a checkpoint: `<directory>/<tenant>/<size>.checkpoint`, which is what `aic-sos-audit verify
 * --checkpoint <folder>` takes. Each is written once, durably, and never again: whoever could rewrite the database too
 * would have to find every copy of this folder.
 */
export class CheckpointFiles implements CheckpointExport {
  readonly #directory: string;
  /** The name of each tenant's last file, so that the folder is read once. */
  readonly #latest = new Map<string, string>();

  private constructor(directory: string) {
    this.#directory = directory;
  }

  /** Makes the directory when it is not there. Throws when it cannot be written. */
  static async openIn(directory: string): Promise<CheckpointFiles> {
    await mkdir(directory, { recursive: true, mode: 0o700 });
    const probe = join(directory, `.${randomUUID()}`);
    await (await open(probe, "wx", 0o600)).close();
    await unlink(probe);
    return new CheckpointFiles(directory);
  }

  async latest(tenantId: string): Promise<string | undefined> {
    const folder = join(this.#directory, tenantId);
    const name = this.#latest.get(tenantId) ?? (await lastIn(folder));
    if (name === undefined) return undefined;
    this.#latest.set(tenantId, name);
    return readFile(join(folder, name), "utf8");
  }

  async keep(tenantId: string, size: number, note: string): Promise<string> {
    const folder = join(this.#directory, tenantId);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const name = `${String(size).padStart(DIGITS, "0")}${SUFFIX}`;
    const left = await writeOnce(folder, name, note);
    if (name > (this.#latest.get(tenantId) ?? "")) this.#latest.set(tenantId, name);
    return left;
  }
}

async function lastIn(folder: string): Promise<string | undefined> {
  const names = await readdir(folder).catch((error: unknown) => {
    if (isErrno(error, "ENOENT")) return [];
    throw error;
  });
  return names
    .filter((name) => name.endsWith(SUFFIX) && !name.startsWith("."))
    .toSorted()
    .at(-1);
}

/** Appears whole or not at all, and is durable when this resolves: with the text of that name, which may be an older one. */
async function writeOnce(folder: string, name: string, text: string): Promise<string> {
  const [temporary, path] = [join(folder, `.${randomUUID()}`), join(folder, name)];
  const file = await open(temporary, "wx", 0o400);
  let left = text;
  try {
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await link(temporary, path); // unlike rename, fails when the target exists
  } catch (error) {
    if (!isErrno(error, "EEXIST")) throw error;
    left = await readFile(path, "utf8");
  } finally {
    await unlink(temporary);
  }
  const directory = await open(folder, "r");
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
  return left;
}

function isErrno(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
