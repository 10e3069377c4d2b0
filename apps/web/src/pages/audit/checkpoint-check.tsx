import { useQuery } from "@tanstack/react-query";
import { trpc } from "../../api/trpc.ts";
import { verifyCheckpoint } from "../../lib/verify-proof.ts";
import { CheckedMark } from "./checked-mark.tsx";
import type { AuditScope } from "./use-audit-scope.ts";

interface Props {
  readonly checkpoint: { readonly size: number; readonly note: string };
  readonly scope: AuditScope;
}

/** Whether a key of the log has signed the latest checkpoint, checked in this browser. */
export function CheckpointCheck({ checkpoint: { size, note }, scope }: Props) {
  const keys = trpc.audit.listKeys.useQuery(scope.input, { trpc: scope.trpc });
  const checked = useQuery({
    queryKey: ["audit-checkpoint", note, keys.data?.keys],
    enabled: keys.data !== undefined,
    queryFn: () => verifyCheckpoint({ size, note }, keys.data?.keys ?? []),
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (keys.error) return <span>The log’s keys could not be read.</span>;
  if (checked.error) return <span>This browser cannot check signatures.</span>;
  if (checked.data === undefined) return null;
  return (
    <CheckedMark outcome={checked.data.outcome}>
      {checked.data.outcome === "verified"
        ? "Signature verified by this browser"
        : checked.data.sentence}
    </CheckedMark>
  );
}
