import { z } from "zod";
import { appRouter } from "./app-router.ts";
import type { ProcedureMeta, RestMethod } from "./procedure-meta.ts";

/** A procedure with its REST address. */
export interface RestProcedure extends ProcedureMeta {
  /** Its tRPC key, such as `workflow.publish`. */
  readonly key: string;
  readonly type: "query" | "mutation";
  readonly method: RestMethod;
  /** Below `/api`, with `{names}`. */
  readonly path: string;
}

const Definition = z.object({
  type: z.enum(["query", "mutation"]),
  meta: z.custom<ProcedureMeta>(
    (meta) => typeof meta === "object" && meta !== null && "rest" in meta,
  ),
});

/** Every procedure there is, read from the router itself. One without permission or address stops the start. */
export const restProcedures: readonly RestProcedure[] = Object.entries(
  appRouter._def.procedures as unknown as Record<string, { readonly _def: unknown }>,
).map(([key, procedure]) => {
  const { type, meta } = Definition.parse(procedure._def);
  const [method, path] = meta.rest.split(" ") as [RestMethod, string];
  return { ...meta, key, type, method, path };
});
