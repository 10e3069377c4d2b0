/**
 * Every procedure is declared here, with the permission it needs. `secured` is the way of every call in its only right
 * order: authenticate, parse the input, resolve the scope from it, authorize; around a mutation comes the idempotency
 * of its effect. No tRPC middleware, since tRPC copies the whole call anew for each, which costs more than the steps.
 */
import type { Permission } from "@aic-sos/contract/permissions";
import type { Grant } from "@aic-sos/policy/grant";
import type { TRPCMutationProcedure, TRPCQueryProcedure } from "@trpc/server";
import type { z } from "zod";
import { invalidBody } from "../app-error.ts";
import type { Authenticated } from "../authenticator.ts";
import type { RequestContext } from "./context.ts";
import { t } from "./init.ts";
import type { ProcedureMeta, RestRoute } from "./procedure-meta.ts";
import { authenticate } from "./steps/authenticate.ts";
import { authorize } from "./steps/authorize.ts";
import { type IdOfSecret, once } from "./steps/idempotency.ts";
import { refuseProto } from "./steps/refuse-proto.ts";
import { resolveScope } from "./steps/resolve-scope.ts";

interface Declaration<I extends z.ZodType, O extends z.ZodType> {
  readonly rest: RestRoute;
  readonly summary: string;
  readonly input: I;
  readonly output: O;
  readonly status?: 200 | 201;
  readonly stream?: NonNullable<ProcedureMeta["stream"]>;
  /** For an answer that holds a secret and so is never kept: the id of what was made, which a retry is told. */
  readonly secretAnswer?: (answer: z.output<O>) => string;
  /** What it does depends on the session or key that asks: from another one the same words are another request. */
  readonly ofCredential?: true;
}

type Resolver<P extends Permission, I extends z.ZodType, O extends z.ZodType> = (options: {
  readonly ctx: RequestContext & {
    readonly authenticated: Authenticated;
    readonly grant: Grant<P>;
  };
  readonly input: z.output<I>;
}) => Promise<z.input<O>>;

interface Declared<P extends Permission, I extends z.ZodType, O extends z.ZodType> {
  query(resolver: Resolver<P, I, O>): TRPCQueryProcedure<{
    input: z.input<I>;
    output: z.output<O>;
    meta: ProcedureMeta;
  }>;
  mutation(resolver: Resolver<P, I, O>): TRPCMutationProcedure<{
    input: z.input<I>;
    output: z.output<O>;
    meta: ProcedureMeta;
  }>;
}

/**
 * Declares a procedure that needs `permission`. Its handler gets `ctx.grant`, the proof that it was allowed; data
 * functions ask for that proof in their type.
 */
export function rbacProcedure<P extends Permission, I extends z.ZodType, O extends z.ZodType>(
  permission: P,
  declaration: Declaration<I, O>,
): Declared<P, I, O> {
  const { rest, summary, status = 200 } = declaration;
  const secretAnswer = declaration.secretAnswer as IdOfSecret;
  const { ofCredential = false } = declaration;
  const meta: ProcedureMeta = {
    permission,
    rest,
    summary,
    status,
    secretAnswer: secretAnswer !== undefined,
    input: declaration.input,
    output: declaration.output,
    ...(declaration.stream === undefined ? {} : { stream: declaration.stream }),
  };
  const run = (mutates: boolean, resolver: Resolver<P, I, O>) => async (options: unknown) =>
    inShape(
      meta.output,
      await secured(
        { meta, mutates, secretAnswer, ofCredential },
        options as Called,
        resolver as Handler,
      ),
    );
  const base = t.procedure.meta(meta);
  // The builder's own types cannot follow a generic schema; these two casts state what the lines above ensure.
  return {
    query: (resolver) =>
      base.query(run(false, resolver)) as unknown as ReturnType<Declared<P, I, O>["query"]>,
    mutation: (resolver) =>
      base.mutation(run(true, resolver)) as unknown as ReturnType<Declared<P, I, O>["mutation"]>,
  };
}

/** What tRPC hands to a resolver; its types leave out the input as it was sent. */
interface Called {
  readonly ctx: RequestContext;
  readonly path: string;
  readonly getRawInput: () => Promise<unknown>;
}

type Handler = (options: { ctx: object; input: unknown }) => Promise<unknown>;

interface Secured {
  readonly meta: ProcedureMeta;
  readonly mutates: boolean;
  readonly secretAnswer: IdOfSecret;
  readonly ofCredential: boolean;
}

async function secured(
  { meta, mutates, secretAnswer, ofCredential }: Secured,
  { ctx, path, getRawInput }: Called,
  handler: Handler,
): Promise<unknown> {
  const caller = await authenticate(ctx);
  const input = parsed(meta.input, await getRawInput());
  const standing = await resolveScope(ctx, caller, meta.permission, input);
  const asking = { ...standing, ctx, permission: meta.permission, procedure: path, mutates, input };
  return authorize(asking, (authenticated, grant) => {
    const call = { ctx: { ...ctx, authenticated, grant }, path, input };
    if (!mutates) return handler(call);
    const asker = ofCredential ? authenticated.credentialId : "";
    return once({ ...call, asker }, secretAnswer, () => handler(call));
  });
}

function parsed(schema: z.ZodType, sent: unknown): unknown {
  refuseProto(sent);
  try {
    return schema.parse(sent);
  } catch (error) {
    // Free JSON may be nested deeper than the stack.
    if (error instanceof RangeError) throw invalidBody("malformed_body", "is nested too deeply");
    throw error;
  }
}

/** Only what the output declares leaves. An answer of another shape is our mistake, not the caller's. */
function inShape(output: z.ZodType, answer: unknown): unknown {
  const result = output.safeParse(answer);
  if (result.success) return result.data;
  throw new TypeError("a handler's answer does not have the shape that its procedure declares");
}
