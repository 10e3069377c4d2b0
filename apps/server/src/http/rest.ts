import { callTRPCProcedure } from "@trpc/server";
import type { Express, Request, RequestHandler } from "express";
import { invalidBody, invalidField, methodNotAllowed, unsupportedMediaType } from "../app-error.ts";
import type { Dependencies } from "../dependencies.ts";
import { appRouter } from "../trpc/app-router.ts";
import type { RequestContext } from "../trpc/context.ts";
import { type RestProcedure, restProcedures } from "../trpc/rest-procedures.ts";
import { jsonBody } from "./json-body.ts";
import { requestContext } from "./request-context.ts";
import { localsOf } from "./request-locals.ts";
import { sendLines } from "./send-lines.ts";
import { sendProblem } from "./send-problem.ts";
import { sendReceipt } from "./send-receipt.ts";

/** The same procedures as REST below `/api`. */
export function rest(app: Express, deps: Dependencies): void {
  app.use("/api", requireJson(deps), jsonBody({ strict: true }));
  for (const procedure of restProcedures) {
    const path = `/api${procedure.path.replaceAll(/\{(\w+)\}/g, ":$1")}`;
    const verb = procedure.method.toLowerCase() as "get" | "post" | "put" | "delete";
    app[verb](path, async (req, res) => {
      localsOf(req).route = `/api${procedure.path}`;
      try {
        const ctx = requestContext(req, deps);
        const answer = await call(procedure, req, ctx);
        sendReceipt(res, ctx.auditIds);
        if (procedure.stream === undefined) res.status(procedure.status).json(answer);
        else await sendLines(res, procedure.stream, answer as AsyncIterable<string>);
      } catch (error) {
        sendProblem(req, res, error, deps.log);
      }
    });
  }
  for (const [path, methods] of methodsByPath()) {
    app.all(path, (req, res) => {
      res.setHeader("allow", methods.join(", "));
      sendProblem(req, res, methodNotAllowed(methods), deps.log);
    });
  }
}

/** What each address takes, whatever its parameters are called. */
function methodsByPath(): Map<string, string[]> {
  const methods = new Map<string, string[]>();
  for (const { path, method } of restProcedures) {
    let place = 0;
    const shape = `/api${path.replaceAll(/\{\w+\}/g, () => `:p${place++}`)}`;
    methods.set(shape, [...(methods.get(shape) ?? []), method]);
  }
  return methods;
}

function call(procedure: RestProcedure, req: Request, ctx: RequestContext): Promise<unknown> {
  const input = inputOf(procedure, req);
  return callTRPCProcedure({
    router: appRouter,
    path: procedure.key,
    type: procedure.type,
    ctx,
    getRawInput: async () => input,
    signal: undefined,
    batchIndex: 0,
  });
}

/** Path, then query of a GET or DELETE, or the body. What is named in several places has to agree. */
function inputOf(procedure: RestProcedure, req: Request): Record<string, unknown> {
  const inAddress = procedure.method === "GET" || procedure.method === "DELETE";
  const given = inAddress ? queryOf(req) : bodyOf(req);
  for (const [name, value] of Object.entries(req.params)) {
    const again = given[name];
    if (again === undefined) continue;
    if (!isSame(again, value)) throw invalidField(name, "differs from the one in the path");
  }
  const input = { ...given, ...req.params };
  // Read by nobody: whoever names a workspace there means it, and would be answered about another one.
  for (const [name, value] of Object.entries(inAddress ? bodyOf(req) : queryOf(req))) {
    if (!isSame(input[name], value)) {
      throw invalidField(name, `belongs into the ${inAddress ? "address" : "body"}`);
    }
  }
  return input;
}

/** Never compared as JSON: it may be nested deeper than the stack. */
function isSame(one: unknown, other: unknown): boolean {
  return (
    typeof one === "string" &&
    typeof other === "string" &&
    one.toLowerCase() === other.toLowerCase()
  );
}

function queryOf(req: Request): Record<string, unknown> {
  const repeated = Object.entries(req.query).find(([, value]) => typeof value !== "string");
  if (repeated) throw invalidField(repeated[0], "must be given once, as plain text");
  return { ...req.query };
}

function bodyOf(req: Request): Record<string, unknown> {
  const body: unknown = req.body;
  if (body === undefined) return {};
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    throw invalidBody("malformed_body", "must be a JSON object");
  }
  return body as Record<string, unknown>;
}

function requireJson(deps: Dependencies): RequestHandler {
  return (req, res, next) => {
    const hasBody =
      req.headers["transfer-encoding"] !== undefined || Number(req.get("content-length") ?? 0) > 0;
    if (!hasBody || req.is("application/json")) return next();
    sendProblem(req, res, unsupportedMediaType(), deps.log);
  };
}
