/**
 * `pnpm bench [audit|http|scoped] [--rounds=7] [--seconds=4] [--only=<part of a row's title>] [--profile=<folder>]`: prints
 * medians and ratios.
 * docs/benchmarks.md says what is compared with what.
 */
import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { LOAD_CORE, pinThisProcess } from "./measure/cores.ts";
import { machineFacts } from "./measure/machine.ts";
import { report, type Row } from "./measure/report.ts";
import { auditSearch } from "./rows/audit-search.ts";
import { chainedAppend } from "./rows/chained-append.ts";
import { policyDecision } from "./rows/policy-decision.ts";
import { scopedRead } from "./rows/scoped-read.ts";
import { type Effort, securedHttpRead } from "./rows/secured-http-read.ts";
import { asSuperuser } from "./stage/callers.ts";
import { fill } from "./stage/fill.ts";
import { openStage } from "./stage/stage.ts";

const NAMES = ["audit", "http", "scoped"] as const;
type Name = (typeof NAMES)[number];
const LEAST_ROUNDS = 5;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      rounds: { type: "string", default: "7" },
      seconds: { type: "string", default: "4" },
      profile: { type: "string" },
      only: { type: "string", default: "" },
    },
  });
  const chosen =
    positionals.length === 0 ? NAMES : NAMES.filter((name) => positionals.includes(name));
  if (chosen.length === 0) throw new Error(`choose from ${NAMES.join(", ")}`);
  const effort: Effort = {
    rounds: Math.max(LEAST_ROUNDS, Number(values.rounds)),
    seconds: Number(values.seconds),
    only: values.only,
    ...(values.profile === undefined ? {} : { profile: resolve(values.profile) }),
  };
  if (effort.profile !== undefined) await mkdir(effort.profile, { recursive: true });
  console.log(await measure(chosen, effort));
}

async function measure(chosen: readonly Name[], effort: Effort): Promise<string> {
  // The load and, as children of this process, Postgres: away from the core of the server that is measured. Reads in
  // this process need that other core themselves, so they are measured on a stage that is not pinned.
  const parts: string[] = [];
  if (chosen.includes("audit")) {
    // A log of a million events takes a minute to fill: only for rows that are wanted.
    if (mayBe("append", effort))
      parts.push(await onStage(false, (stage) => chainedAppend(stage, effort)));
    if (mayBe("decision", effort)) parts.push(report(await policyDecision(effort)));
    if (mayBe("search", effort))
      parts.push(await onStage(false, (stage) => auditSearch(stage, effort)));
  }
  if (chosen.includes("scoped"))
    parts.push(await onFilledStage(false, (stage, filled) => scopedRead(stage, filled, effort)));
  if (chosen.includes("http")) {
    const pinned = pinThisProcess(LOAD_CORE);
    parts.push(
      await onFilledStage(pinned, (stage, filled) => securedHttpRead(stage, filled, effort)),
    );
  }
  return [
    `${effort.rounds} rounds of ${effort.seconds} s each, contenders taking turns; medians`,
    ...parts,
  ].join("\n\n");
}

/** Whether a title that begins so may be among those that are wanted. */
function mayBe(beginning: string, { only }: Effort): boolean {
  return (
    only === "" || only.startsWith(beginning) || !BEGINNINGS.some((one) => only.startsWith(one))
  );
}

const BEGINNINGS = ["append", "decision", "search"];

type Opened = Awaited<ReturnType<typeof openStage>>;
type Filled = Awaited<ReturnType<typeof fill>>;

function onFilledStage(
  pinned: boolean,
  measurement: (stage: Opened, filled: Filled) => Promise<readonly Row[]>,
): Promise<string> {
  return onStage(pinned, async (stage) =>
    measurement(stage, await asSuperuser(stage, (db) => fill(stage, db))),
  );
}

async function onStage(
  pinned: boolean,
  measurement: (stage: Opened) => Promise<readonly Row[]>,
): Promise<string> {
  const stage = await openStage("bench");
  try {
    const facts = await machineFacts(stage.superuserUrl, pinned);
    console.log(`measuring below ${join(stage.folder)} …`);
    return [...facts, report(await measurement(stage))].join("\n");
  } finally {
    await stage.close();
  }
}

await main();
