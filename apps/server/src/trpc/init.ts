import { initTRPC } from "@trpc/server";
import { appErrorOf, problemOf } from "../problem-of.ts";
import type { RequestContext } from "./context.ts";
import type { ProcedureMeta } from "./procedure-meta.ts";

/** The one tRPC instance. A caller's error travels as `error.data.problem`; stacks never leave. */
export const t = initTRPC
  .context<RequestContext>()
  .meta<ProcedureMeta>()
  .create({
    isDev: false,
    errorFormatter: ({ shape, error, ctx }) => {
      const problem = problemOf(appErrorOf(error), ctx?.requestId);
      return {
        ...shape,
        message: problem.detail,
        data: { code: shape.data.code, httpStatus: problem.status, path: shape.data.path, problem },
      };
    },
  });
