import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  allLines,
  checkpointsOf,
  type ExportOptions,
  exportLog,
  KEY,
  makeLog,
  type StoredLog,
} from "./log-world.test-support.ts";
import { consistencyProof } from "./merkle.ts";
import { formatVerifierKey, verifierKey } from "./signed-note.ts";
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
    ...(await partsOf(log, exported?.note ?? "")),
    "25.checkpoint": exported?.note ?? "",
    token: "key\n",
  };
});

async function fileOf(of: StoredLog, options: ExportOptions = {}): Promise<string> {
  return (await allLines(exportLog(of, options))).map((line) => `${line}\n`).join("");
}

/** Clears the line, goes up, and says something else. */
const SPOOF = "\u001b[2K\u001b[1A\u009b2K\nVerified: events 1 to 30";

/** All but the beginning, and the beginning alone with a proof to what a checkpoint covers. */
async function partsOf(of: StoredLog, note: string) {
  const [from, to] = [6, 25];
  const leaves = of.rows.map(({ leafHash }) => leafHash);
  const proof = consistencyProof(leaves, from, to);
  const proofs = [{ kind: "consistency", from, to, proof }] as const;
  return {
    "tail.ndjson": await fileOf(of, { first: 9 }),
    "head.ndjson": await fileOf(of, { last: from, outside: [note], proofs }),
  };
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
    // What is left after the wrong stretch has been left out would verify, and prove nothing of it.
    const tail = await run(args, serve("tail.ndjson"));
    expect([tail.code, tail.complained]).toEqual([
      2,
      expect.stringContaining("begins with event 9"),
    ]);
    const head = await run(args, serve("head.ndjson"));
    expect([head.code, head.said]).toEqual([1, expect.stringContaining("events 7 to 25 are left")]);
  });

  it.each([
    ["a name", (text: string) => text.replace('"seq":1,', `"seq":1,${JSON.stringify(SPOOF)}:1,`)],
    ["a key", (text: string) => text.replace('"keys":[', `"keys":[${JSON.stringify(SPOOF)},`)],
    ["a kind", (text: string) => `{"kind":${JSON.stringify(SPOOF)}}\n${text}`],
  ])("does not let %s in a bundle write its verdict", async (_, change) => {
    files["spoof.ndjson"] = change(files["bundle.ndjson"] ?? "");
    const other = formatVerifierKey(verifierKey("another", KEY.publicKey));
    const { code, said, complained } = await run(["verify", "spoof.ndjson", "--key", other]);
    const named = await run(["verify", "spoof.ndjson", "--key", VKEY]);
    expect(code).toBe(2);
    for (const text of [said, complained, named.said, named.complained]) {
      // oxlint-disable-next-line no-control-regex -- what must not come out
      expect(text).not.toMatch(/[\u001b\u009b]|^Verified: events 1 to 30/m);
    }
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
