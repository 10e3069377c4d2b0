import { parseArgs } from "node:util";
import { sayStretch } from "./fault.ts";
import { type AuditServer, fetchBundle, fetchCheckpoint } from "./fetch-bundle.ts";
import { Malformed } from "./malformed.ts";
import { printable } from "./printable.ts";
import { parseVerifierKey } from "./signed-note.ts";
import { textLines } from "./text-lines.ts";
import {
  type BundleReport,
  type GivenCheckpoint,
  type Verdict,
  verifyBundle,
} from "./verify-bundle.ts";

const USAGE = `Verifies evidence of an audit log: offline, without trust in the server that wrote it.

  aic-sos-audit verify <bundle> --key <vkey>… [--checkpoint <file or folder>…] [--json]
  aic-sos-audit verify --url <server> --token-file <file> [--workspace <id>] --key <vkey>… [--checkpoint …] [--json]

  --key         a key that you trust, as published: <name>+<id>+<base64>
  --checkpoint  a checkpoint that left the server earlier; all that are given have to fit
  --token-file  a file with an API key that may read the audit log
  --workspace   where that key may read it; the whole tenant unless named
  --json        the whole verdict as JSON

Answers 0: verified. 1: wrong, and which event. 2: the input cannot be used.`;

/** What the command needs of the machine it runs on. */
export interface Terminal {
  readonly read: (path: string) => AsyncIterable<Uint8Array>;
  /** The text of a file, or of each file of a folder. */
  readonly readAll: (path: string) => Promise<readonly { name: string; text: string }[]>;
  readonly fetch: typeof fetch;
  readonly print: (text: string) => void;
  readonly complain: (text: string) => void;
}

export type ExitCode = 0 | 1 | 2;

/**
 * The command `aic-sos-audit`.
 * @param args without interpreter and script
 */
export async function verifyCommand(
  args: readonly string[],
  terminal: Terminal,
): Promise<ExitCode> {
  try {
    const question = parseQuestion(args);
    if (question === "help") {
      terminal.print(USAGE);
      return 0;
    }
    const verdict = await answer(question, terminal);
    return tell(verdict, question.json, terminal);
  } catch (error) {
    // Whatever it was: nothing has been verified, and "wrong" would accuse the log.
    const message = error instanceof Error ? error.message : String(error);
    terminal.complain(message === USAGE ? USAGE : printable(message));
    return 2;
  }
}

interface Question {
  readonly bundle: string | undefined;
  readonly url: string | undefined;
  readonly tokenFile: string | undefined;
  readonly workspaceId: string | undefined;
  readonly keys: readonly string[];
  readonly checkpoints: readonly string[];
  readonly json: boolean;
}

function parseQuestion(args: readonly string[]): Question | "help" {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      key: { type: "string", multiple: true, default: [] },
      checkpoint: { type: "string", multiple: true, default: [] },
      url: { type: "string" },
      "token-file": { type: "string" },
      workspace: { type: "string" },
      json: { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) return "help";
  const [command, bundle, ...more] = positionals;
  const { url, json, key: keys, checkpoint: checkpoints } = values;
  const isOneSource = (bundle === undefined) !== (url === undefined);
  if (command !== "verify" || !isOneSource || more.length > 0) throw new Malformed(USAGE);
  if (keys.length === 0) {
    throw new Malformed(
      "Name the keys that you trust with --key: a bundle cannot vouch for itself.",
    );
  }
  const [tokenFile, workspaceId] = [values["token-file"], values.workspace];
  return { bundle, url, tokenFile, workspaceId, keys, checkpoints, json };
}

async function answer(question: Question, terminal: Terminal): Promise<Verdict> {
  const keys = question.keys.map(parseVerifierKey);
  const files = await Promise.all(question.checkpoints.map((path) => terminal.readAll(path)));
  const checkpoints = files.flat().map(({ name, text }) => ({ source: name, note: text }));
  if (question.bundle !== undefined) {
    return verifyBundle(textLines(terminal.read(question.bundle)), { keys, checkpoints });
  }
  const server = await serverOf(question, terminal);
  const latest: GivenCheckpoint = { source: server.url, note: await fetchCheckpoint(server) };
  const given = [...checkpoints, latest];
  return verifyBundle(fetchBundle(server), { keys, checkpoints: given, wholeLog: true });
}

async function serverOf(question: Question, terminal: Terminal): Promise<AuditServer> {
  if (question.tokenFile === undefined) {
    throw new Malformed("Name a file with an API key that may read the audit log: --token-file.");
  }
  const [file] = await terminal.readAll(question.tokenFile);
  const { url = "", workspaceId } = question;
  return { url, token: file?.text.trim() ?? "", workspaceId, fetch: terminal.fetch };
}

function tell(verdict: Verdict, json: boolean, terminal: Terminal): ExitCode {
  if (json) terminal.print(printable(JSON.stringify(verdict)));
  switch (verdict.outcome) {
    case "verified":
      if (!json) terminal.print(sayVerified(verdict.report));
      return 0;
    case "wrong":
      if (!json) terminal.print(sayWrong(verdict));
      return 1;
    case "unusable":
      if (!json) terminal.complain(printable(verdict.sentence));
      return 2;
  }
}

function sayVerified(report: BundleReport): string {
  const { tenantId, region, covered, shown, hidden } = report;
  const what = covered ? sayStretch(covered) : "an empty log";
  return [
    `Verified: ${what} of tenant ${tenantId} in ${region}.`,
    `The bundle shows ${shown} with their text and ${hidden} as hashes.`,
    ...sayUncovered(report),
  ]
    .map(printable)
    .join("\n");
}

function sayWrong({ fault, report }: Extract<Verdict, { outcome: "wrong" }>): string {
  const { covered } = report;
  return [
    `WRONG: ${fault.sentence}`,
    `Fault: ${fault.kind}${fault.line === null ? "" : `, line ${fault.line} of the bundle`}.`,
    covered
      ? `A checkpoint confirms ${sayStretch(covered)} before it.`
      : "Nothing before it is confirmed.",
  ]
    .map(printable)
    .join("\n");
}

function sayUncovered({ uncovered }: BundleReport): string[] {
  if (uncovered === null) return [];
  return [
    `NOT COVERED by any checkpoint yet: ${sayStretch(uncovered)}. They fit together, but could have been rewritten together.`,
  ];
}
