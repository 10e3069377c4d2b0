/**
 * tRPC at `/trpc`: its HTTP protocol without its adapter, which builds a web Request and a streamed Response for each
 * call and so costs more than everything that secures the call (`pnpm bench http`).
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import { parse } from "node:querystring";
import { callTRPCProcedure, getTRPCErrorShape, type TRPCError } from "@trpc/server";
import { AppError, methodNotAllowed, unsupportedMediaType } from "../app-error.ts";
import type { Dependencies } from "../dependencies.ts";
import { appErrorOf } from "../problem-of.ts";
import { appRouter } from "../trpc/app-router.ts";
import type { RequestContext } from "../trpc/context.ts";
import { restProcedures } from "../trpc/rest-procedures.ts";
import { trpcErrorOf } from "../trpc/trpc-error.ts";
import { errorOfExpress } from "./error-of-express.ts";
import { jsonBody } from "./json-body.ts";
import { requestContext } from "./request-context.ts";
import { localsOf } from "./request-locals.ts";
import { sendJson } from "./send-json.ts";
import { sendProblem } from "./send-problem.ts";
import { sendReceipt } from "./send-receipt.ts";
import type { Step } from "./step.ts";
import { readTrpcRequest, type Sent, type WireCall } from "./trpc-request.ts";

const ROOT = "/trpc";
const BELOW = `${ROOT}/`;

const mutations: ReadonlySet<string> = new Set(
  restProcedures.filter(({ type }) => type === "mutation").map(({ key }) => key),
);

/** Procedures that answer with a stream, which is no JSON, and their addresses. */
const streams: ReadonlyMap<string, string> = new Map(
  restProcedures
    .filter(({ stream }) => stream !== undefined)
    .map(({ key, method, path }) => [key, `${method} /api${path}`]),
);

function streamOverTrpc(address: string): AppError {
  return new AppError("method_not_allowed", `The answer is a stream: ask ${address} for it.`);
}

interface Answer {
  readonly status: number;
  readonly body: object;
}

type WithBody = IncomingMessage & { body?: unknown };

/** JSON bodies only: a form can be sent by any site, and would otherwise run a mutation without input. */
export const trpc: Step = (next, deps) => {
  const readBody = jsonBody({ strict: false });
  return (req, res) => {
    const locals = localsOf(req);
    const { path } = locals;
    if (path !== ROOT && !path.startsWith(BELOW)) return next(req, res);
    locals.route = ROOT;
    const refused = refusalOf(req);
    if (refused) return sendProblem(req, res, refused, deps.log);
    if (req.method === "POST") readBody(req, res, (error) => void respond(req, res, deps, error));
    else void respond(req, res, deps);
  };
};

/** Never rejects: what cannot be answered in tRPC's form ends the connection's request as a problem. */
async function respond(
  req: WithBody,
  res: ServerResponse,
  deps: Dependencies,
  bodyError?: unknown,
): Promise<void> {
  try {
    const ctx = requestContext(req, deps);
    const answer = await answerOf(req, ctx, bodyError);
    sendReceipt(res, ctx.auditIds);
    sendJson(res, answer.status, answer.body);
  } catch (error) {
    sendProblem(req, res, error, deps.log);
  }
}

function refusalOf(req: IncomingMessage): AppError | undefined {
  if (req.method !== "POST") {
    return req.method === "GET" ? undefined : methodNotAllowed(["GET", "POST"]);
  }
  if (!/^application\/json(?:\s*;|$)/i.test(req.headers["content-type"] ?? "")) {
    return unsupportedMediaType();
  }
  if (req.headers["idempotency-key"] === undefined) return undefined;
  if (parse(localsOf(req).query)["batch"] === undefined) return undefined;
  return new AppError(
    "batch_with_idempotency_key",
    "Send the mutation by itself, without batch=1.",
    { errors: [{ field: "Idempotency-Key", message: "cannot stand for several calls" }] },
  );
}

/** Calls of a batch run side by side; where their statuses differ the answer's is 207, as the client expects. */
async function answerOf(req: WithBody, ctx: RequestContext, bodyError: unknown): Promise<Answer> {
  try {
    if (bodyError !== undefined) throw errorOfExpress(bodyError) ?? bodyError;
    const sent = sentBy(req);
    const { calls, batch } = readTrpcRequest(sent);
    const answers = await Promise.all(calls.map((call, at) => run(call, at, sent.method, ctx)));
    const [first] = answers;
    if (!batch && first) return first;
    const statuses = new Set(answers.map(({ status }) => status));
    const status = statuses.size === 1 ? (first?.status ?? 200) : 207;
    return { status, body: answers.map(({ body }) => body) };
  } catch (thrown) {
    return failure(trpcErrorOf(appErrorOf(thrown)), undefined, ctx);
  }
}

function sentBy(req: WithBody): Sent {
  const { path, query } = localsOf(req);
  const method = req.method === "POST" ? "POST" : "GET";
  return { name: path.slice(BELOW.length), query, body: req.body, method };
}

/** A query may come as POST, too: what the editor checks fits no address. */
async function run(
  { path, input }: WireCall,
  batchIndex: number,
  method: Sent["method"],
  ctx: RequestContext,
): Promise<Answer> {
  const type = mutations.has(path) ? "mutation" : "query";
  try {
    if (type === "mutation" && method !== "POST") throw methodNotAllowed(["POST"]);
    const data: unknown = await callTRPCProcedure({
      router: appRouter,
      path,
      type,
      ctx,
      getRawInput: async () => input,
      signal: undefined,
      batchIndex,
    });
    // Allowed, but nothing that fits into JSON; nobody has begun to read it.
    const address = streams.get(path);
    if (address !== undefined) throw streamOverTrpc(address);
    return { status: 200, body: { result: { data } } };
  } catch (thrown) {
    return failure(trpcErrorOf(appErrorOf(thrown)), path, ctx);
  }
}

function failure(error: TRPCError, path: string | undefined, ctx: RequestContext): Answer {
  if (error.code === "INTERNAL_SERVER_ERROR") {
    ctx.deps.log.error({ requestId: ctx.requestId, err: error }, "procedure failed");
  }
  const shape = getTRPCErrorShape({
    config: appRouter._def._config,
    error,
    type: "unknown",
    path,
    input: undefined,
    ctx,
  });
  return { status: shape.data.httpStatus, body: { error: shape } };
}
