import type { Permission } from "@aic-sos/contract/permissions";
import type { z } from "zod";

export type RestMethod = "GET" | "POST" | "PUT" | "DELETE";

/** A REST address, such as `POST /workflows/{workflowId}/publish`, below `/api`. */
export type RestRoute = `${RestMethod} /${string}`;

/** What the ladder, the REST face and the OpenAPI document know of a procedure. */
export interface ProcedureMeta {
  readonly permission: Permission;
  readonly rest: RestRoute;
  /** In one sentence, for the OpenAPI document. */
  readonly summary: string;
  /** Status of a success: 200, or 201 where something was made. */
  readonly status: 200 | 201;
  /** The media type of an answer that is a stream of lines instead of JSON: over REST only. */
  readonly stream?: "application/x-ndjson";
  /** True when the answer holds a secret, so that it is never kept for a replay. */
  readonly secretAnswer: boolean;
  readonly input: z.ZodType;
  readonly output: z.ZodType;
}
