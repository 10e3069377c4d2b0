import { trpc } from "../../api/trpc.ts";
import { counted } from "../../lib/words.ts";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { CheckpointCheck } from "./checkpoint-check.tsx";
import type { AuditScope } from "./use-audit-scope.ts";

const POLL = 30_000;

/** How far the log is sealed and signed, and whether this browser could verify the signature. */
export function LogFacts({ scope }: { scope: AuditScope }) {
  const { data, error } = trpc.audit.readStatus.useQuery(scope.input, {
    trpc: scope.trpc,
    refetchInterval: POLL,
  });
  if (data === undefined) {
    return (
      error && (
        <span role="alert">How far the log is sealed could not be read. It is asked again.</span>
      )
    );
  }
  const { sealedSeq, checkpoint } = data;
  return (
    <>
      <span>
        Sealed up to event <b className="num">{sealedSeq}</b>
      </span>
      {checkpoint && (
        <span>
          Checkpoint of {counted(checkpoint.size, "event")} signed{" "}
          <RelativeTime instant={checkpoint.signedAt} />
        </span>
      )}
      {checkpoint && <CheckpointCheck checkpoint={checkpoint} scope={scope} />}
    </>
  );
}
