import type { Problem } from "@aic-sos/contract/problem";
import { reasonWords } from "./event-sentence.ts";
import { counted } from "./words.ts";

/** What a problem says, with the reason of a denial and how long to wait, unless it says them itself. */
export function problemWords(problem: Problem): string {
  const { code, detail, reason, retryAfterSeconds } = problem;
  const because = code === "forbidden" ? reasonWords(reason ?? null) : null;
  const said =
    because === null || detail.includes(because)
      ? detail
      : `${withStop(detail)} Reason: ${because}.`;
  if (retryAfterSeconds === undefined || /try again/i.test(detail)) return said;
  return `${withStop(said)} Try again in ${counted(retryAfterSeconds, "second")}.`;
}

function withStop(sentence: string): string {
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
}
