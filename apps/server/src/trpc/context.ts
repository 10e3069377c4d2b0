import type { Credential } from "@aic-sos/auth/credential";
import type { Dependencies } from "../dependencies.ts";

/** What a request presents as proof of who it is, before anything is looked up. */
export type PresentedCredential = Credential | { readonly kind: "none" } | { readonly kind: "malformed" };

/** Everything about one request that steps and handlers may use. Express does not reach past this. */
export interface RequestContext {
  readonly deps: Dependencies;
  readonly requestId: string;
  readonly credential: PresentedCredential;
  readonly workspaceHeader: string | undefined;
  readonly idempotencyKey: string | undefined;
  readonly log: { fields: Record<string, string | number> };
}
