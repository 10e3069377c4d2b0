import type { Express, NextFunction, Request, Response } from "express";
import { notFound } from "../app-error.ts";
import type { Dependencies } from "../dependencies.ts";
import { errorOfExpress } from "./error-of-express.ts";
import { sendProblem } from "./send-problem.ts";

/** The last step: unknown addresses, and what a step before it threw (such as a body that is no JSON). */
export function errors(app: Express, deps: Dependencies): void {
  app.use((req: Request, res: Response) => sendProblem(req, res, notFound(), deps.log));
  // Express knows an error handler by its four parameters.
  app.use((error: unknown, req: Request, res: Response, _: NextFunction) => {
    sendProblem(req, res, errorOfExpress(error) ?? error, deps.log);
  });
}
