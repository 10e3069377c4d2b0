/**
 * `pnpm start`: generates and builds what turbo's cache does not have yet, then becomes the server. In this same
 * process, so that Ctrl-C, a kill and the exit code are the server's own; and it ends with the
 * package manager that started it.
 */
import { endWithLaunchers } from "./launchers.ts";
import { run } from "./run.ts";

const OLDEST_NODE = 24;
const TICK_MS = 10_000;

checkNode();
endWithLaunchers();
await build();
await import("../apps/server/src/main.ts");

/** `pnpm` scripts find Node 24 in `node_modules/.bin`; this is for those who run the file themselves. */
function checkNode(): void {
  if (Number(process.versions.node.split(".")[0]) >= OLDEST_NODE) return;
  say(
    `Node ${process.versions.node} is too old to run TypeScript as it is. Use: npx --yes pnpm start`,
  );
  process.exit(1);
}

/** Ends the process with what turbo said when something does not build. */
async function build(): Promise<void> {
  say("building the console …");
  const ticking = setInterval(() => say("still building the console …"), TICK_MS);
  const { code, output, seconds } = await run([
    "turbo",
    "run",
    "generate",
    "build",
    "--output-logs=errors-only",
  ]);
  clearInterval(ticking);
  if (code !== 0) {
    process.stderr.write(`${output}\n`);
    say("The build failed; the reason is above. It needs pnpm around it: npx --yes pnpm start");
    process.exit(1);
  }
  say(`built in ${seconds.toFixed(1)} s`);
}

function say(line: string): void {
  process.stdout.write(`  ${line}\n`);
}
