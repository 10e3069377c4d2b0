import type { TestTenant } from "@aic-sos/testkit/make-tenant";
import type { TestWorkspace } from "@aic-sos/testkit/make-workspace";
import type { Callers, KeyHolder } from "../stage/callers.ts";
import { type Reply, type Request, send } from "./client.ts";

/** What a caller shows: a key, a session or a certificate. */
export type Shown = Pick<Request, "authorization" | "cookie" | "certificate">;

/** Somebody whose right is taken away. */
export interface Victim {
  readonly shown: Shown;
  readonly kind: Kind;
  /** Right before it is used for the first time. */
  readonly begin: (at: At) => Promise<void>;
  /** Takes the right away, or waits until it ends by itself. Answers what the acknowledgement was. */
  readonly revoke: (at: At) => Promise<Reply>;
}

/** Who takes it away, and at which server. */
export interface At {
  readonly url: string;
  readonly admin: KeyHolder;
  readonly workspaceId: string;
}

export interface Home {
  readonly tenant: TestTenant;
  readonly workspace: TestWorkspace;
}

export interface Kind {
  readonly name: string;
  /** What is answered from the acknowledgement on. */
  readonly refusals: readonly number[];
  make(callers: Callers, home: Home): Promise<Omit<Victim, "kind">>;
}

/** Of a key or a certificate that is none any more; after very many of them the address is told to wait. */
export const WRONG_KEY = [401, 429] as const;

/** A request of who administers the whole tenant, about the workspace unless it says otherwise. */
export const byAdmin = ({ url, admin, workspaceId }: At, request: Omit<Request, "authorization">) =>
  send(url, { workspaceId, ...request, authorization: admin.authorization });
