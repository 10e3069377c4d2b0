import { expect } from "vitest";
import type { Answer } from "./http-caller.ts";
import { fieldsIn, problemIn } from "./procedure-calls.ts";

/** A 4xx problem of RFC 9457 that names the field. */
export function expectProblem(answer: Answer, code: string, field: string): void {
  expect(problemIn(answer), answer.text).toMatchObject({ code });
  expect(answer.status).toBeGreaterThanOrEqual(400);
  expect(answer.status).toBeLessThan(500);
  expect(answer.headers.get("content-type")).toBe("application/problem+json; charset=utf-8");
  expect(answer.body).toMatchObject({
    type: `/docs/errors#${code}`,
    status: answer.status,
    requestId: answer.headers.get("x-request-id"),
  });
  expect(fieldsIn(answer)).toContain(field);
}
