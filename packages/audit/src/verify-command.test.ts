import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  allLines,
  checkpointsOf,
  exportLog,
  KEY,
  makeLog,
  type StoredLog,
} from "./log-world.test-support.ts";
import { formatVerifierKey } from "./signed-note.ts";
import { type Terminal, verifyCommand } from "./verify-command.ts";

const VKEY = formatVerifierKey(KEY);

let log: StoredLog;
let files: Record<string, string>;
beforeAll(async () => {
  log = await makeLog(30, 20);
  const [exported] = await checkpointsOf(log.rows, [25]);
  const rows = log.rows.map((row) =>
    row.seq === 7 ? { ...row, text: row.text.replace('"count":1', '"count":2') } : row,
  );
  files = {
    "bundle.ndjson": await fileOf(log),
    "tampered.ndjson": await fileOf({ ...log, rows }),
    "truncated.ndjson": await fileOf({ ...log, rows: log.rows.slice(0, 22) }),
    "25.checkpoint": exported?.note ?? "",
    token: "key\n",
  };
});

async function fileOf(of: StoredLog): Promise<string> {
  return (await allLines(exportLog(of))).map((line) => `${line}\n`).join("");
}

async function run(args: readonly string[], get: typeof fetch = () => Promise.reject(new Error())) {
  const said: string[] = [];
  const complained: string[] = [];
  const contentOf = (path: string): string => {
    const text = files[path];
    if (text === undefined) throw new Error(`no such file: ${path}`);
    return text;
  };
  const terminal: Terminal = {
    read: async function* read(path) {
      yield await Promise.resolve(Buffer.from(contentOf(path)));
    },
    readAll: (name) => Promise.resolve([{ name, text: contentOf(name) }]),
    fetch: get,
    print: (text) => said.push(text),
    complain: (text) => complained.push(text),
  };
  const code = await verifyCommand(args, terminal);
  return { code, said: said.join("\n"), complained: complained.join("\n") };
}

describe("aic-sos-audit verify", () => {
  it("answers 0 and says what is covered, and what is not", async () => {
    const { code, said } = await run(["verify", "bundle.ndjson", "--key", VKEY]);
    expect(code).toBe(0);
    expect(said).toContain("Verified: events 1 to 20 of tenant");
    expect(said).toContain("NOT COVERED by any checkpoint yet: events 21 to 30.");
  });

  it("answers 1 and names the first event that is wrong, and how", async () => {
    const { code, said } = await run(["verify", "tampered.ndjson", "--key", VKEY]);
    expect(code).toBe(1);
    expect(said).toContain("WRONG: Event 7 has another text than when it was hashed.");
    expect(said).toContain("leaf_hash_differs, line 8 of the bundle");
  });

  it("holds the bundle against checkpoints that left the server earlier", async () => {
    const args = ["--key", VKEY, "--checkpoint", "25.checkpoint"];
    const whole = await run(["verify", "bundle.ndjson", ...args]);
    expect([whole.code, whole.said]).toEqual([0, expect.stringContaining("events 1 to 25")]);
    const cut = await run(["verify", "truncated.ndjson", ...args]);
    expect([cut.code, cut.said]).toEqual([1, expect.stringContaining("events 23 to 25")]);
  });

  it("answers with the verdict as JSON", async () => {
    const { code, said } = await run(["verify", "tampered.ndjson", "--key", VKEY, "--json"]);
    expect(code).toBe(1);
    expect(JSON.parse(said)).toMatchObject({
      outcome: "wrong",
      fault: { kind: "leaf_hash_differs", events: { first: 7, last: 7 }, line: 8 },
    });
  });

  it.each([
    ["no key", ["verify", "bundle.ndjson"], "a bundle cannot vouch for itself"],
    ["no bundle", ["verify", "--key", VKEY], "aic-sos-audit verify <bundle>"],
    ["two sources", ["verify", "a", "--url", "https://b", "--key", VKEY], "<bundle>"],
    ["two bundles", ["verify", "a", "b", "--key", VKEY], "<bundle>"],
    ["an unknown command", ["prove", "a", "--key", VKEY], "<bundle>"],
    ["an unknown option", ["verify", "a", "--keys", VKEY], "--keys"],
    ["a key that is none", ["verify", "bundle.ndjson", "--key", "abc"], "not an Ed25519 key"],
    ["a file that is not there", ["verify", "nothing", "--key", VKEY], "no such file: nothing"],
    ["a file that is no bundle", ["verify", "25.checkpoint", "--key", VKEY], "Line 1 is unusable"],
    ["no token", ["verify", "--url", "https://a", "--key", VKEY], "--token-file"],
    [
      "a checkpoint that is none",
      ["verify", "bundle.ndjson", "--key", VKEY, "--checkpoint", "token"],
      "The checkpoint of token is unusable",
    ],
  ])("answers 2 to %s", async (_, args, sentence) => {
    const { code, complained } = await run(args);
    expect(code).toBe(2);
    expect(complained).toContain(sentence);
  });

  it("explains itself", async () => {
    const { code, said } = await run(["--help"]);
    expect([code, said]).toEqual([0, expect.stringContaining("--checkpoint")]);
  });

  it("asks a server for its latest checkpoint and the whole log, and holds one against the other", async () => {
    const serve =
      (bundle: string): typeof fetch =>
      (input) =>
        Promise.resolve(
          new URL(input instanceof Request ? input.url : input).pathname === "/api/audit/export"
            ? new Response(files[bundle])
            : Response.json({ note: files["25.checkpoint"] }),
        );
    const args = ["verify", "--url", "https://a.example", "--token-file", "token", "--key", VKEY];
    const right = await run(args, serve("bundle.ndjson"));
    expect([right.code, right.said]).toEqual([0, expect.stringContaining("events 1 to 25")]);
    const cut = await run(args, serve("truncated.ndjson"));
    expect([cut.code, cut.said]).toEqual([1, expect.stringContaining("events 23 to 25")]);
  });
});

describe("the program", () => {
  const folder = mkdtempSync(join(tmpdir(), "aic-sos-audit-"));
  afterAll(() => rmSync(folder, { recursive: true }));
  const program = (...args: string[]) =>
    spawnSync(process.execPath, [join(import.meta.dirname, "verify.cli.ts"), ...args], {
      cwd: folder,
      encoding: "utf8",
    });

  it("reads real files and folders, and ends with the code of its answer", () => {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    const key = ["--key", VKEY];
    const right = program("verify", "bundle.ndjson", ...key, "--checkpoint", "25.checkpoint");
    expect([right.status, right.stdout]).toEqual([0, expect.stringContaining("Verified")]);
    expect(program("verify", "tampered.ndjson", ...key).status).toBe(1);
    const missing = program("verify", "nothing.ndjson", ...key);
    expect([missing.status, missing.stderr]).toEqual([2, expect.stringContaining("ENOENT")]);
    const inFolder = program("verify", "bundle.ndjson", ...key, "--checkpoint", ".");
    expect([inFolder.status, inFolder.stderr]).toEqual([
      2,
      expect.stringContaining("bundle.ndjson"),
    ]);
  });
});
