import { randomBytes, randomUUID } from "node:crypto";
import { chmod, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createKeyfile, openKeyfile } from "./keyfile.ts";

let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "keyfile-"));
  path = join(folder, "keyfile.json");
});
afterEach(() => rm(folder, { recursive: true }));

interface Written {
  format: string;
  active: string;
  keys: { id: string; key: string }[];
}

const read = async (): Promise<Written> => JSON.parse(await readFile(path, "utf8"));
const write = (content: unknown): Promise<void> =>
  writeFile(path, typeof content === "string" ? content : JSON.stringify(content), { mode: 0o600 });

describe("a keyfile", () => {
  it("wraps and unwraps a key, in its context only", async () => {
    await createKeyfile(path);
    const keyEncryption = await openKeyfile(path);
    const key = randomBytes(32);
    const wrapped = await keyEncryption.wrap(key, "data-key:acme:1");
    expect(Buffer.from(wrapped).includes(key)).toBe(false);
    expect(await keyEncryption.unwrap(wrapped, "data-key:acme:1")).toEqual(key);
    await expect(keyEncryption.unwrap(wrapped, "data-key:globex:1")).rejects.toMatchObject({
      code: "unwrap_failed",
    });
    await expect(keyEncryption.unwrap(key, "data-key:acme:1")).rejects.toMatchObject({
      code: "unwrap_failed",
    });
  });

  it("is made for its owner only, and leaves nothing else behind", async () => {
    await createKeyfile(path);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await readdir(folder)).toEqual(["keyfile.json"]);
  });

  it("is never overwritten, also when eight processes make it at once", async () => {
    const made = await Promise.allSettled(Array.from({ length: 8 }, () => createKeyfile(path)));
    expect(made.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const before = await readFile(path, "utf8");
    await expect(createKeyfile(path)).rejects.toMatchObject({ code: "keyfile_exists" });
    expect(await readFile(path, "utf8")).toBe(before);
    expect(await readdir(folder)).toEqual(["keyfile.json"]);
  });

  it.each([0o640, 0o604, 0o620, 0o602, 0o644])(
    "is refused with mode %o, and the message says how to mend it",
    async (mode) => {
      await createKeyfile(path);
      await chmod(path, mode);
      await expect(openKeyfile(path)).rejects.toMatchObject({
        code: "keyfile_permissions",
        message: expect.stringContaining(`chmod 600 ${path}`),
      });
    },
  );

  it("is judged by the file behind a link, as mounted secrets are links", async () => {
    await createKeyfile(path);
    const linked = join(folder, "linked.json");
    await symlink(path, linked);
    await expect(openKeyfile(linked)).resolves.toBeDefined();
    await chmod(path, 0o644);
    await expect(openKeyfile(linked)).rejects.toMatchObject({ code: "keyfile_permissions" });
  });

  it("that is missing is reported with its path", async () => {
    await expect(openKeyfile(path)).rejects.toMatchObject({
      code: "keyfile_unreadable",
      message: `${path} cannot be read (ENOENT).`,
    });
    await expect(openKeyfile(folder)).rejects.toMatchObject({ code: expect.any(String) });
  });

  it("opens what was wrapped before a new key became active, and wraps with the new one", async () => {
    await createKeyfile(path);
    const before = await openKeyfile(path);
    const wrapped = await before.wrap(randomBytes(32), "c");
    const content = await read();
    const added = { id: randomUUID(), key: randomBytes(32).toString("base64url") };
    await write({ ...content, active: added.id, keys: [...content.keys, added] });

    const after = await openKeyfile(path);
    expect(after.id).toBe(added.id);
    expect(await after.unwrap(wrapped, "c")).toEqual(await before.unwrap(wrapped, "c"));
    const newlyWrapped = await after.wrap(randomBytes(32), "c");
    await expect(before.unwrap(newlyWrapped, "c")).rejects.toMatchObject({
      code: "unknown_key_encryption_key",
      message: expect.stringContaining(added.id),
    });
  });

  it.each<[string, (content: Written) => unknown]>([
    ["no JSON", () => "secret words"],
    ["of another format", (c) => ({ ...c, format: "aic-sos-keyfile/v2" })],
    ["without keys", (c) => ({ ...c, keys: undefined })],
    ["without its active key", (c) => ({ ...c, active: randomUUID() })],
    ["with a short key", (c) => ({ ...c, keys: [{ ...c.keys[0], key: "c2hvcnQ" }] })],
    ["with a padded key", (c) => ({ ...c, keys: [{ ...c.keys[0], key: `${"A".repeat(43)}=` }] })],
    ["with stray bits", (c) => ({ ...c, keys: [{ ...c.keys[0], key: `${"A".repeat(42)}B` }] })],
    ["with a key twice", (c) => ({ ...c, keys: [c.keys[0], c.keys[0]] })],
    ["with an odd id", (c) => ({ ...c, keys: [{ ...c.keys[0], id: "first" }] })],
  ])("is refused %s, and no message quotes a key", async (_, change) => {
    await createKeyfile(path);
    const content = await read();
    await write(change(content));
    const error: unknown = await openKeyfile(path).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: "keyfile_malformed" });
    for (const secret of ["secret", "c2hvcnQ", "AAAA", content.keys[0]?.key ?? ""]) {
      expect(String(error)).not.toContain(secret);
    }
  });
});
