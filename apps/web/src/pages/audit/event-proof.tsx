import type { AuditEvent } from "@aic-sos/contract/audit-events";
import { Anchor } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { problemOf } from "../../api/problem-of.ts";
import { trpc } from "../../api/trpc.ts";
import { mayHelpToRetry } from "../../lib/may-help-to-retry.ts";
import { problemWords } from "../../lib/problem-words.ts";
import { saysTheSame } from "../../lib/says-the-same.ts";
import { verifyProof } from "../../lib/verify-proof.ts";
import { counted } from "../../lib/words.ts";
import { CheckedMark } from "./checked-mark.tsx";
import type { AuditScope } from "./use-audit-scope.ts";

/** The next checkpoint comes within ten seconds. */
const AGAIN = 5_000;

/** Checks here, in this browser, that the event is in the log that the latest checkpoint signs. */
export function EventProof({ event, scope }: { event: AuditEvent; scope: AuditScope }) {
  const proof = trpc.audit.proveEvent.useQuery(
    { ...scope.input, eventId: event.id },
    {
      trpc: scope.trpc,
      retry: false,
      staleTime: Number.POSITIVE_INFINITY,
      refetchInterval: (query) => (isTooEarly(query.state.error) ? AGAIN : false),
    },
  );
  const keys = trpc.audit.listKeys.useQuery(scope.input, { trpc: scope.trpc });
  const checked = useQuery({
    queryKey: ["audit-proof", event.id, proof.data?.size, keys.data?.keys],
    enabled: proof.data !== undefined && keys.data !== undefined,
    queryFn: () => check(event, proof.data, keys.data?.keys ?? []),
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const error = proof.error ?? keys.error;
  if (error) {
    const retry = () => Promise.all([proof.refetch(), keys.refetch()]);
    return <NotRead error={error} onRetry={retry} />;
  }
  if (checked.error) return <span className="dim">This browser cannot check signatures.</span>;
  if (checked.data === undefined) return <span className="faint">Checking…</span>;
  return (
    <CheckedMark outcome={checked.data.outcome}>
      {checked.data.outcome === "verified"
        ? `Verified by this browser, in the checkpoint of ${counted(checked.data.size, "event")}`
        : checked.data.sentence}
    </CheckedMark>
  );
}

type Proved = Parameters<typeof verifyProof>[0];

async function check(event: AuditEvent, proof: Proved | undefined, keys: readonly string[]) {
  if (proof === undefined) throw new TypeError("no proof");
  // The text is what is proved: it has to be that of the event shown.
  if (proof.seq !== event.seq || !saysTheSame(event, proof.text)) {
    return { outcome: "wrong", sentence: "What is proved is not what is shown." } as const;
  }
  return verifyProof(proof, keys);
}

function isTooEarly(error: unknown): boolean {
  return problemOf(error)?.code === "not_covered_yet";
}

function NotRead({ error, onRetry }: { error: unknown; onRetry: () => unknown }) {
  if (isTooEarly(error)) {
    return (
      <span className="dim">No checkpoint covers it yet; the next one comes in a moment.</span>
    );
  }
  const problem = problemOf(error);
  return (
    <span className="dim">
      The proof could not be read:{" "}
      {problem === undefined ? "No answer from the server." : problemWords(problem)}{" "}
      {mayHelpToRetry(problem) && (
        <Anchor component="button" type="button" fz="inherit" onClick={onRetry}>
          Try again
        </Anchor>
      )}
    </span>
  );
}
