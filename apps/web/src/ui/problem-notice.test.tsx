import { MantineProvider } from "@mantine/core";
import type { ErrorCode } from "@aic-sos/contract/errors";
import type { Problem } from "@aic-sos/contract/problem";
import { renderToStaticMarkup } from "react-dom/server";
import { beforeAll, describe, expect, it, vi } from "vitest";
import type { ProblemNotice as Notice } from "./problem-notice.tsx";

let ProblemNotice: typeof Notice;

beforeAll(async () => {
  // Dialogs listen for Escape from the moment they are loaded.
  vi.stubGlobal("window", new EventTarget());
  ({ ProblemNotice } = await import("./problem-notice.tsx"));
  vi.unstubAllGlobals();
});

function shown(error: unknown): string {
  return renderToStaticMarkup(
    <MantineProvider>
      <ProblemNotice error={error} during="read" onRetry={() => undefined} />
    </MantineProvider>,
  );
}

function refusal(code: ErrorCode, status: number): unknown {
  const problem: Problem = {
    type: `/docs/errors#${code}`,
    title: "A title",
    status,
    code,
    detail: "What was wrong.",
  };
  return { data: { problem } };
}

describe("a problem's notice", () => {
  it.each([
    ["region_mismatch", 403],
    ["invalid_input", 400],
    ["cross_site", 403],
  ] as const)("offers no other try of what is refused with %s each time", (code, status) => {
    const notice = shown(refusal(code, status));
    expect(notice).toContain("What was wrong.");
    expect(notice).not.toContain("Try again");
  });

  it.each([
    ["forbidden", 403],
    ["not_found", 404],
    ["rate_limited", 429],
    ["internal", 500],
    ["unavailable", 503],
  ] as const)("offers another try after %s", (code, status) => {
    expect(shown(refusal(code, status))).toContain("Try again");
  });

  it("offers another try where no answer came", () => {
    expect(shown(new TypeError("fetch failed"))).toContain("Try again");
  });
});
