import { expect, it } from "vitest";
import { askAgainAfter, attemptWords } from "./webhook-words.ts";

const waiting = { attempts: 0, state: "pending", lastStatus: null, lastProblem: null } as const;

it("says of each delivery how its last attempt went", () => {
  expect(attemptWords(waiting)).toBe("about to be sent");
  expect(attemptWords({ ...waiting, attempts: 1 })).toBe("being sent");
  const answered = { ...waiting, attempts: 1, lastStatus: 503, lastProblem: "status" };
  expect(attemptWords(answered)).toBe("answered 503");
  expect(
    attemptWords({ ...answered, state: "delivered", lastStatus: 204, lastProblem: null }),
  ).toBe("answered 204");
  expect(attemptWords({ ...answered, lastStatus: null, lastProblem: "not_public" })).toBe(
    "the address leads to a private network",
  );
  expect(attemptWords({ ...answered, lastProblem: "of_a_newer_server" })).toBe("of_a_newer_server");
});

it("asks again soon while something is being sent, and rarely while it waits for its next attempt", () => {
  const now = Date.parse("2026-11-29T12:00:00.000Z");
  const failed = { ...waiting, attempts: 3, lastStatus: 503, lastProblem: "status" };
  const next = (seconds: number) => ({
    ...failed,
    nextAttemptAt: new Date(now + seconds * 1000).toISOString(),
  });
  const ended = { ...failed, state: "failed", nextAttemptAt: null } as const;
  expect(askAgainAfter([], now)).toBe(false);
  expect(askAgainAfter([ended], now)).toBe(false);
  expect(askAgainAfter([ended, next(36_000)], now)).toBe(30_000);
  expect(askAgainAfter([next(36_000), next(10)], now)).toBe(10_000);
  expect(askAgainAfter([next(-5)], now)).toBe(2_000);
  const sending = { ...waiting, attempts: 1, nextAttemptAt: next(20).nextAttemptAt };
  expect(askAgainAfter([next(36_000), sending], now)).toBe(2_000);
});
