import type { Express, NextFunction, Request, Response } from "express";
import {
  type AppError,
  invalidBody,
  invalidField,
  notFound,
  unsupportedMediaType,
} from "../app-error.ts";
import type { Dependencies } from "../dependencies.ts";
import { sendProblem } from "./send-problem.ts";

/** The last step: unknown addresses, and what a step before it threw (such as a body that is no JSON). */
export function errors(app: Express, deps: Dependencies): void {
  app.use((req: Request, res: Response) => sendProblem(req, res, notFound(), deps.log));
  // Express knows an error handler by its four parameters.
  app.use((error: unknown, req: Request, res: Response, _: NextFunction) => {
    sendProblem(req, res, ofExpress(error) ?? error, deps.log);
  });
}

/** What Express and its body parser blame on the caller, by the status they give it. */
function ofExpress(error: unknown): AppError | undefined {
  if (!(error instanceof Error) || !("status" in error)) return undefined;
  if (error instanceof URIError) {
    return invalidField("(path)", "has a percent sign that is no escape of UTF-8");
  }
  if (error.status === 413) return invalidBody("body_too_large", "may have 2 MB at most");
  if (error.status === 415) return unsupportedMediaType();
  return error.status === 400 ? invalidBody("malformed_body", "is not valid JSON") : undefined;
}
