import type { WebhookDelivery } from "@aic-sos/contract/webhooks";

/** Why an attempt failed, by the server's code; one that this console does not know shows as it is. */
const PROBLEMS: Readonly<Record<string, string>> = {
  not_https: "the address is not https",
  not_public: "the address leads to a private network",
  unknown_host: "the host has no address",
  unreachable: "the host does not answer",
  redirected: "it answered with a redirect, which is not followed",
  too_large: "its answer is too large",
  too_slow: "it took longer than 10 s",
  not_sent: "it could not be sent from here; the server's log says why",
  webhook_disabled: "the webhook was switched off",
};

/** How the last attempt went, in words. */
export function attemptWords({
  attempts,
  state,
  lastStatus,
  lastProblem,
}: Pick<WebhookDelivery, "attempts" | "state" | "lastStatus" | "lastProblem">): string {
  if (attempts === 0) return state === "pending" ? "about to be sent" : "not sent";
  if (lastProblem === null) return lastStatus === null ? "being sent" : `answered ${lastStatus}`;
  if (lastProblem === "status") return `answered ${lastStatus}`;
  return PROBLEMS[lastProblem] ?? lastProblem;
}

const SOON = 2_000;
const LATEST = 30_000;

/**
 * Milliseconds after which deliveries are worth asking for again; false when all have ended. Some wait a day for their
 * next attempt, and each look is an event in the audit log.
 * @param now Unix milliseconds
 */
export function askAgainAfter(
  deliveries: readonly Pick<WebhookDelivery, "attempts" | "state" | "nextAttemptAt">[],
  now: number,
): number | false {
  const waits = deliveries
    .filter(({ state }) => state === "pending")
    // Before the second attempt everything is a matter of seconds.
    .map(({ attempts, nextAttemptAt }) =>
      attempts <= 1 || nextAttemptAt === null ? SOON : Date.parse(nextAttemptAt) - now,
    );
  return waits.length > 0 && Math.min(LATEST, Math.max(SOON, Math.min(...waits)));
}
