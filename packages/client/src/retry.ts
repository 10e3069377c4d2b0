import { TRPCClientError } from "@trpc/client";
import { problemOf } from "./problem-of.ts";

/** Longest pause between two tries, in milliseconds. */
const LONGEST_PAUSE_MS = 5_000;

/** True for what may pass by itself: no answer at all, 429 and 503. Everything else would fail again. */
export function isWorthRetrying(error: unknown): boolean {
  const problem = problemOf(error);
  if (problem) return problem.status === 429 || problem.status === 503;
  return error instanceof TRPCClientError && error.cause instanceof TypeError;
}

/** Milliseconds before try `attempt` + 1: doubling from 100, with up to half of it by chance. */
export function delayOf(attempt: number): number {
  const pause = Math.min(LONGEST_PAUSE_MS, 100 * 2 ** (attempt - 1));
  return pause * (1 + Math.random() / 2);
}
