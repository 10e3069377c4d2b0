import type { AuditEvent } from "@aic-sos/contract/audit-events";
import { Facts } from "../../ui/facts.tsx";

/** Which fields changed. Values are there as keyed fingerprints only, which tell equal from different and no more. */
export function EventChanges({ changes }: { changes: AuditEvent["changes"] }) {
  return (
    <>
      <Facts
        facts={changes.map(({ field, before, after }) => [
          field,
          <span key={field} className="mono">
            {before === null ? "nothing" : before.slice(0, 12)} →{" "}
            {after === null ? "nothing" : after.slice(0, 12)}
          </span>,
        ])}
      />
      <div className="faint" style={{ marginTop: 6, fontSize: 12 }}>
        Fingerprints under the tenant’s key, never the values.
      </div>
    </>
  );
}
