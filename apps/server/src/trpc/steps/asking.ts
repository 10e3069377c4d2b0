import type { Permission } from "@aic-sos/contract/permissions";
import type { RequestContext } from "../context.ts";
import type { Standing } from "./resolve-scope.ts";

/** One call that asks to be allowed. */
export interface Asking<P extends Permission> extends Standing {
  readonly ctx: RequestContext;
  readonly permission: P;
  /** Such as `workflow.publish`. */
  readonly procedure: string;
  readonly mutates: boolean;
  readonly input: unknown;
}
