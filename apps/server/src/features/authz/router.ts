import { t } from "../../trpc/init.ts";
import { can } from "./can.ts";
import { explainDecision } from "./explain-decision.ts";
import { explainQuestion } from "./explain-question.ts";

export const authzRouter = t.router({
  can: can,
  explain: explainQuestion,
  explainDecision: explainDecision,
});
