import { run } from "./run.ts";

// turbo holds packages against their package.json and their tags. It counts a circle that only development
// dependencies close (db's tests → testkit → db) as a violation, with no way to allow it; circles that matter are the
// business of our own rule no-package-cycles.
const { code, output } = await run(["turbo", "boundaries", "--no-color"]);
const found = Number(/(\d+) issues? found/.exec(output)?.[1] ?? Number.NaN);
const circles = output.match(/^ *x Circular package dependency detected/gm)?.length ?? 0;
if (code !== 0 && found !== circles) {
  console.log(output);
  process.exitCode = 1;
}
