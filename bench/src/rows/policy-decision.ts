import { diceOf } from "@aic-sos/audit/log-world";
import { decide, type Question } from "@aic-sos/policy/decide";
import type { Permission } from "@aic-sos/contract/permissions";
import { caslAbility, caslAllows } from "../contenders/casl-judge.ts";
import { cedarAllows, cedarCall, prepareCedar } from "../contenders/cedar-judge.ts";
import { alternate, type Contender } from "../measure/alternate.ts";
import { callsOf } from "../measure/calls.ts";
import type { Row } from "../measure/report.ts";
import { randomPrincipal, randomQuestion } from "../stage/random-questions.ts";
import type { Effort } from "./secured-http-read.ts";

const QUESTIONS = 2_000;
const SEED = 6;
/** No slower than half of the time of CASL. */
const FLOOR = 2;
const AIM = 3;

/** A question with what the contenders keep of its principal: that is not measured. */
interface Prepared {
  readonly question: Question<Permission>;
  readonly ability: ReturnType<typeof caslAbility>;
  readonly call: ReturnType<typeof cedarCall>;
}

/**
 * `decide()`, the grant included, against CASL with the principal's rules made before, and Cedar with its policies parsed
 * and its entities made before. In this process; the same questions for all, on which all agree.
 */
export async function policyDecision(effort: Effort): Promise<readonly Row[]> {
  const all = prepare();
  const allowed = all.filter(({ question }) => decide(question).outcome === "allow");
  const rows: Row[] = [];
  for (const { title, asked, contender } of [
    { title: "decision: random, against CASL", asked: all, contender: casl },
    { title: "decision: allowed, against CASL", asked: allowed, contender: casl },
    { title: "decision: random, against Cedar", asked: all, contender: cedar },
  ]) {
    if (!title.includes(effort.only)) continue;
    const [ours, theirs] = await alternate(
      [decideOf(asked, effort), contender(asked, effort)],
      effort.rounds,
    );
    if (ours && theirs) rows.push({ title, ours, contender: theirs, floor: FLOOR, aim: AIM });
  }
  return rows;
}

function prepare(): readonly Prepared[] {
  prepareCedar();
  const dice = diceOf(SEED);
  return Array.from({ length: QUESTIONS }, () => {
    const question = randomQuestion(dice, randomPrincipal(dice));
    const ability = caslAbility(question.principal);
    const call = cedarCall(question);
    const said = decide(question).outcome === "allow";
    if (cedarAllows(call) !== said || caslAllows(ability, question) !== said) {
      throw new Error(`the contenders disagree about ${JSON.stringify(question)}`);
    }
    return { question, ability, call };
  });
}

function decideOf(args: readonly Prepared[], { seconds }: Effort): Contender {
  return callsOf("decide", ({ question }: Prepared) => decide(question), {
    args,
    seconds,
    block: 1_000,
  });
}

function casl(args: readonly Prepared[], { seconds }: Effort): Contender {
  return callsOf("CASL", ({ ability, question }: Prepared) => caslAllows(ability, question), {
    args,
    seconds,
    block: 1_000,
  });
}

function cedar(args: readonly Prepared[], { seconds }: Effort): Contender {
  return callsOf("Cedar", ({ call }: Prepared) => cedarAllows(call), { args, seconds, block: 20 });
}
