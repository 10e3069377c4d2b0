import { expect, it } from "vitest";
import { attemptWords } from "./webhook-words.ts";

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
