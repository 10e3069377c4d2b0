import { type Outcome, run, tally } from "./run.ts";

interface Step {
  readonly name: string;
  readonly what: string;
  readonly command: readonly [string, ...string[]];
}

// What the other steps read: Prisma's client.
const FIRST: Step = {
  name: "generate",
  what: "code that is generated and not committed",
  command: ["turbo", "run", "generate", "--output-logs=errors-only"],
};

// The long ones first, so that two cores end together.
const STEPS: readonly Step[] = [
  {
    name: "types",
    what: "TypeScript over every package",
    command: [
      "turbo",
      "run",
      "typecheck",
      "--output-logs=errors-only",
      "--continue",
      "--concurrency=2",
    ],
  },
  { name: "lint", what: "type-aware lint", command: ["oxlint"] },
  {
    name: "unused",
    what: "files, exports and dependencies that nothing uses",
    command: ["knip", "--no-progress", "--no-config-hints"],
  },
  { name: "format", what: "format (mend it with: pnpm format)", command: ["biome", "format", "."] },
  {
    name: "boundaries",
    what: "who may import whom",
    command: ["node", "scripts/boundaries.ts"],
  },
  {
    name: "packages",
    what: "what packages import is declared, and stays inside them",
    command: ["node", "scripts/packages.ts"],
  },
  { name: "versions", what: "one version of everything", command: ["syncpack", "lint"] },
  {
    name: "licences",
    what: "licences of all dependencies",
    command: ["node", "scripts/licences.ts"],
  },
  {
    name: "generated",
    what: "committed generated files are fresh",
    command: ["node", "scripts/generated.ts"],
  },
  {
    name: "words",
    what: "nothing committed that must not be",
    command: ["node", "scripts/words.ts"],
  },
];

async function perform(step: Step): Promise<boolean> {
  const outcome = await run(step.command);
  console.log(line(step, outcome));
  if (outcome.code !== 0) console.log(outcome.output.trimEnd().replaceAll(/^/gm, "    "));
  return outcome.code === 0;
}

function line({ name, what }: Step, { code, seconds }: Outcome): string {
  const mark = code === 0 ? "ok    " : "FAILED";
  return `${mark} ${name.padEnd(10)} ${seconds.toFixed(1).padStart(5)} s  ${what}`;
}

/** Two at a time: the machines this runs on have two cores. */
async function performAll(steps: readonly Step[]): Promise<boolean[]> {
  const waiting = steps.values();
  const results: boolean[] = [];
  const worker = async (): Promise<void> => {
    for (const step of waiting) results.push(await perform(step));
  };
  await Promise.all([worker(), worker()]);
  return results;
}

const first = await perform(FIRST);
const results = [first, ...(await performAll(STEPS))];
const passed = results.filter(Boolean).length;
const failed = results.length - passed;
console.log(`check: ${tally({ passed, failed })}`);
process.exitCode = failed === 0 ? 0 : 1;
