import { DATABASE_GUARDS } from "./guards/database-guards.ts";
import { DECISION_GUARDS } from "./guards/decision-guards.ts";
import type { Guard } from "./guards/guard.ts";
import { REQUEST_GUARDS } from "./guards/request-guards.ts";
import { runTests } from "./guards/run-tests.ts";
import { copyTree } from "./guards/tree-copy.ts";

export const GUARDS: readonly Guard[] = [...DATABASE_GUARDS, ...DECISION_GUARDS, ...REQUEST_GUARDS];

export interface Removed {
  readonly guards: number;
  readonly caught: number;
  /** Tests that passed while every guard was there. */
  readonly tests: number;
  readonly problems: readonly string[];
}

/**
 * Takes each guard away, one at a time, in a copy of the sources, and runs the tests that must then fail; first, with
 * all guards there, they must pass. A guard whose removal no test sees is a problem; so is one that breaks the run,
 * for then no test has seen it.
 */
export async function removedGuards(
  guards: readonly Guard[],
  say: (line: string) => void,
): Promise<Removed> {
  const tree = copyTree();
  const problems: string[] = [];
  let caught = 0;
  try {
    const whole = await runTests(
      tree.folder,
      guards.map(({ caughtBy }) => caughtBy),
    );
    if (whole.failed.length > 0 || whole.broken !== undefined) {
      const why = [...whole.failed, whole.broken ?? ""].join("\n");
      return { guards: guards.length, caught, tests: 0, problems: [`with every guard: ${why}`] };
    }
    say(`${whole.passed} tests pass with every guard in its place`);
    for (const guard of guards) {
      const restore = tree.without(guard);
      const { failed, broken } = await runTests(tree.folder, [guard.caughtBy]);
      restore();
      const [by] = failed;
      if (by === undefined)
        problems.push(`${guard.name}: ${broken ?? "no test sees that it is gone"}`);
      else caught += 1;
      say(
        by === undefined
          ? `guard ${guard.name} NOT CAUGHT`
          : `guard ${guard.name} caught by "${by}"`,
      );
    }
    return { guards: guards.length, caught, tests: whole.passed, problems };
  } finally {
    tree.remove();
  }
}
