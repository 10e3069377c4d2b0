import { diceOf } from "@aic-sos/audit/log-world";
import { decide } from "@aic-sos/policy/decide";
import { cedarAllows, cedarCall, prepareCedar } from "../contenders/cedar-judge.ts";
import { randomPrincipal, randomQuestion } from "../stage/random-questions.ts";

export interface AgreementPlan {
  readonly cases: number;
  /** The same seed asks the same questions. */
  readonly seed: number;
  readonly say: (line: string) => void;
}

export interface AgreementOutcome {
  readonly problems: readonly string[];
  readonly cases: number;
  readonly allowed: number;
  /** Denials by reason. */
  readonly denied: Readonly<Record<string, number>>;
}

const MOST_PROBLEMS = 10;

/**
 * Asks `decide()` and Cedar the same random questions. Cedar's policies are generated from the same table of roles; what
 * stands above the table is written a second time for it.
 */
export function policyAgreement({ cases, seed, say }: AgreementPlan): AgreementOutcome {
  prepareCedar();
  const dice = diceOf(seed);
  const problems: string[] = [];
  const denied: Record<string, number> = {};
  let allowed = 0;
  for (let at = 1; at <= cases && problems.length < MOST_PROBLEMS; at += 1) {
    const question = randomQuestion(dice, randomPrincipal(dice));
    const decision = decide(question);
    const ours = decision.outcome === "allow";
    if (decision.outcome === "allow") allowed += 1;
    else denied[decision.reason] = (denied[decision.reason] ?? 0) + 1;
    const cedar = cedarAllows(cedarCall(question));
    if (cedar !== ours) {
      const said = `Cedar says ${cedar ? "allow" : "deny"}, we ${JSON.stringify(decision)}`;
      problems.push(`case ${at}: ${said} to ${JSON.stringify(question)}`);
    }
    if (at % 100_000 === 0) say(`${at} of ${cases} cases asked`);
  }
  return { problems, cases, allowed, denied };
}
