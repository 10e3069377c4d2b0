/**
 * `pnpm torture [killed|revoked|audit|policy|guards] [--count=<n>]`: does to real servers what must not matter, many times over.
 * Exit code 1 when something was lost, doubled or let through.
 */
import { parseArgs } from "node:util";
import { killedUnderLoad } from "./torture/killed-under-load.ts";
import { sealedUnderLoad } from "./torture/sealed-under-load.ts";
import { tamperedLog } from "./torture/tampered-log.ts";
import { policyAgreement } from "./torture/policy-agreement.ts";
import { GUARDS, removedGuards } from "./torture/removed-guards.ts";
import { revokedRights } from "./torture/revoked-rights.ts";

type Say = (line: string) => void;

const CASES: Readonly<
  Record<
    string,
    (count: number | undefined, say: Say) => Promise<readonly string[]> | readonly string[]
  >
> = {
  killed: async (count = 50, say) => {
    const { problems, ...facts } = await killedUnderLoad({ kills: count, writers: 8, say });
    say(
      `killed ${facts.kills} times: ${facts.acknowledged} writes acknowledged, ${facts.repeated} of them repeated, ${facts.sealed} events sealed`,
    );
    return problems;
  },
  guards: async (count = GUARDS.length, say) => {
    const { problems, ...facts } = await removedGuards(GUARDS.slice(0, count), say);
    say(
      `${facts.caught} of ${facts.guards} guards, taken away one at a time, were missed by a test`,
    );
    return problems;
  },
  revoked: async (count = 1_000, say) => {
    const { problems, kinds, ...facts } = await revokedRights({
      revocations: count,
      servers: 3,
      say,
    });
    for (const kind of [...kinds, { name: "all", ...facts }]) {
      say(
        `${kind.name.padEnd(22)} ${kind.revocations} times: ${kind.askedAfter} requests began after, ${kind.acceptedAfter} were accepted`,
      );
    }
    return facts.acceptedAfter === 0
      ? problems
      : [`${facts.acceptedAfter} accepted after the acknowledgement`, ...problems];
  },
  audit: async (count = 10_000, say) => {
    const load = { processes: 4, writers: 64, events: 100_000, kills: 20 };
    const sealed = await sealedUnderLoad({ ...load, say });
    say(
      `${load.processes} processes, ${load.writers} writers, sealer killed ${sealed.kills} times: ${sealed.events} events dense, ` +
        `chain and ${sealed.nodes} nodes of the tree verified, ${sealed.seconds.toFixed(1)} s`,
    );
    const tampered = await tamperedLog({ tamperings: count, seed: 6, say });
    const faults = Object.entries(tampered.faults).map(([kind, times]) => `${kind} ${times}`);
    say(
      `${tampered.tried} tamperings with ${tampered.covered} of ${tampered.events} events covered: ${tampered.found} found`,
    );
    say(`faults: ${faults.join(", ")}`);
    return [...sealed.problems, ...tampered.problems];
  },
  policy: (count = 1_000_000, say) => {
    const { problems, denied, ...facts } = policyAgreement({ cases: count, seed: 6, say });
    const reasons = Object.entries(denied).map(([reason, times]) => `${reason} ${times}`);
    say(
      `${facts.cases} cases, ${facts.allowed} of them allowed; Cedar agrees on all but ${problems.length}`,
    );
    say(`denied: ${reasons.join(", ")}`);
    return problems;
  },
};

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { count: { type: "string" } },
  });
  const names = positionals.length === 0 ? Object.keys(CASES) : positionals;
  const count = values.count === undefined ? undefined : Number(values.count);
  for (const name of names) {
    const run = CASES[name];
    if (!run)
      throw new Error(`there is no case ${name}; choose from ${Object.keys(CASES).join(", ")}`);
    const problems = await run(count, (line) => console.log(`${name}: ${line}`));
    for (const problem of problems) console.log(`${name}: FAULT ${problem}`);
    console.log(
      `${name}: ${problems.length === 0 ? "nothing lost, doubled or let through" : "FAILED"}`,
    );
    if (problems.length > 0) process.exitCode = 1;
  }
}

await main();
