import { randomBytes, randomUUID } from "node:crypto";
import { link, open, unlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import { KeyringError } from "./errors.ts";
import type { KeyEncryption } from "./key-encryption.ts";
import { parseKeyfile, printKeyfile } from "./keyfile-format.ts";
import { encodeParts } from "./seal-context.ts";
import { keyIdOf, openBytes, type SealingKey, sealBytes } from "./sealed-format.ts";

/**
 * Key-encryption keys out of a file. Keys wrap under the active one and unwrap under any that the
 * file holds. Wrapped keys have the format of sealed values, with the key-encryption key's id.
 *
 * Rejects with `keyfile_unreadable`, `keyfile_permissions` (others may read or write the file;
 * not checked on Windows, which has no such bits) or `keyfile_malformed`.
 */
export async function openKeyfile(path: string): Promise<KeyEncryption> {
  const { active, keys } = parseKeyfile(await readPrivateFile(path), path);
  const boundTo = (context: string): Uint8Array => encodeParts(["aic-sos/wrapped-key", context]);

  return {
    id: active.id,
    wrap: async (key, context) => sealBytes(active, key, boundTo(context)),
    unwrap: async (wrapped, context) => unwrap(keys, wrapped, boundTo(context)),
  };
}

/**
 * Makes a keyfile with one new random key, readable by its owner only. It appears whole or not at
 * all. Rejects with `keyfile_exists` rather than overwrite: losing a keyfile loses all it wrapped.
 */
export async function createKeyfile(path: string): Promise<void> {
  const active = { id: randomUUID(), bytes: randomBytes(32) };
  const temporary = join(dirname(path), `.${randomUUID()}.keyfile`);
  const file = await open(temporary, "wx", 0o600);
  try {
    try {
      await file.writeFile(printKeyfile({ active, keys: new Map([[active.id, active]]) }));
      await file.sync();
    } finally {
      await file.close();
    }
    await link(temporary, path); // unlike rename, fails when the target exists
  } catch (error) {
    if (isErrno(error) && error.code === "EEXIST") {
      throw new KeyringError("keyfile_exists", `${path} exists and is never overwritten.`);
    }
    throw error;
  } finally {
    await unlink(temporary);
  }
}

function unwrap(
  keys: ReadonlyMap<string, SealingKey>,
  wrapped: Uint8Array,
  bound: Uint8Array,
): Uint8Array {
  try {
    const id = keyIdOf(wrapped);
    const key = keys.get(id);
    if (key === undefined) {
      throw new KeyringError(
        "unknown_key_encryption_key",
        `The keyfile has no key ${id}. Put it back beside the active one.`,
      );
    }
    return openBytes(key, wrapped, bound);
  } catch (cause) {
    if (cause instanceof KeyringError && cause.code === "unknown_key_encryption_key") throw cause;
    throw new KeyringError("unwrap_failed", "A wrapped key does not open under its key.", {
      cause,
    });
  }
}

async function readPrivateFile(path: string): Promise<string> {
  try {
    const file = await open(path, "r");
    try {
      const { mode } = await file.stat(); // of the open file: the path may change meanwhile
      if (process.platform !== "win32" && (mode & 0o077) !== 0) {
        const bits = (mode & 0o777).toString(8).padStart(4, "0");
        throw new KeyringError(
          "keyfile_permissions",
          `${path} has mode ${bits}, so others can reach its keys. Mend it with: chmod 600 ${path}`,
        );
      }
      return await file.readFile("utf8");
    } finally {
      await file.close();
    }
  } catch (cause) {
    if (cause instanceof KeyringError) throw cause;
    const reason = isErrno(cause) ? ` (${cause.code})` : "";
    throw new KeyringError("keyfile_unreadable", `${path} cannot be read${reason}.`, { cause });
  }
}

function isErrno(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && "code" in error;
}
