import { createExpressMiddleware } from "@trpc/server/adapters/express";
import type { Express } from "express";
import { AppError, unsupportedMediaType } from "../app-error.ts";
import type { Dependencies } from "../dependencies.ts";
import { appRouter } from "../trpc/app-router.ts";
import { requestContext } from "./request-context.ts";
import { localsOf } from "./request-locals.ts";
import { sendProblem } from "./send-problem.ts";

/** Calls that one request may carry. */
const MAX_BATCH = 20;
const MAX_BODY_BYTES = 2_000_000;

/** tRPC at `/trpc`. JSON bodies only: a form can be sent by any site, and tRPC would run a mutation from it. */
export function trpc(app: Express, deps: Dependencies): void {
  app.use("/trpc", (req, res, next) => {
    localsOf(req).route = "/trpc";
    if (
      req.method === "POST" &&
      !/^application\/json(?:\s*;|$)/i.test(req.get("content-type") ?? "")
    ) {
      return sendProblem(req, res, unsupportedMediaType(), deps.log);
    }
    if (req.query["batch"] !== undefined && req.get("idempotency-key") !== undefined) {
      const error = new AppError(
        "batch_with_idempotency_key",
        "Send the mutation by itself, without batch=1.",
        { errors: [{ field: "Idempotency-Key", message: "cannot stand for several calls" }] },
      );
      return sendProblem(req, res, error, deps.log);
    }
    next();
  });
  app.use(
    "/trpc",
    createExpressMiddleware({
      router: appRouter,
      // The editor's check is a query whose input fits no address, so it comes as POST.
      allowMethodOverride: true,
      maxBatchSize: MAX_BATCH,
      maxBodySize: MAX_BODY_BYTES,
      createContext: ({ req }) => requestContext(req, deps),
      onError: ({ error, req }) => {
        if (error.code === "INTERNAL_SERVER_ERROR") {
          deps.log.error({ requestId: localsOf(req).requestId, err: error }, "procedure failed");
        }
      },
    }),
  );
}
