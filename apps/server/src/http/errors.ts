import type { Express, NextFunction, Request, Response } from "express";
import { AppError, notFound } from "../app-error.ts";
import type { Dependencies } from "../dependencies.ts";
import { sendProblem } from "./send-problem.ts";

/** The last step: unknown addresses, and what a step before it threw (such as a body that is no JSON). */
export function errors(app: Express, deps: Dependencies): void {
  app.use((req: Request, res: Response) => sendProblem(req, res, notFound(), deps.log));
  // Express knows an error handler by its four parameters.
  app.use((error: unknown, req: Request, res: Response, _: NextFunction) => {
    sendProblem(req, res, ofBodyParser(error) ?? error, deps.log);
  });
}

function ofBodyParser(error: unknown): AppError | undefined {
  if (!(error instanceof Error) || !("type" in error)) return undefined;
  if (error.type === "entity.too.large")
    return new AppError("body_too_large", "The body may have 2 MB at most.");
  if (error.type === "encoding.unsupported" || error.type === "charset.unsupported") {
    return new AppError("unsupported_media_type", "Send application/json in UTF-8.");
  }
  const isBodyError =
    typeof error.type === "string" && /^(?:entity|request|stream)\./.test(error.type);
  return isBodyError ? new AppError("malformed_body", "The body is not valid JSON.") : undefined;
}
