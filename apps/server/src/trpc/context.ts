import type { Dependencies } from "../dependencies.ts";
import type { PresentedCredential } from "../presented-credential.ts";

/** Everything about one request that steps and handlers may use. Express does not reach past this. */
export interface RequestContext {
  readonly deps: Dependencies;
  readonly requestId: string;
  readonly credential: PresentedCredential;
  /** The caller's, for limits; never logged. */
  readonly address: string | undefined;
  readonly workspaceHeader: string | undefined;
  readonly idempotencyKey: string | undefined;
  /** What the program calls itself; anybody can say anything. */
  readonly userAgent: string | undefined;
  /** Receipts of what was changed, in the order in which it was: ids of events in the audit log. */
  readonly auditIds: string[];
  readonly log: { fields: Record<string, string | number> };
}
