/**
 * The ladder: protectedProcedure → rbacProcedure. The builder puts the steps in their only right
 * order: authenticate, parse the input, resolve the scope from it, authorize, and around a mutation the idempotency
 * of its effect.
 */
import type { Permission } from "@aic-sos/contract/permissions";
import type { Grant } from "@aic-sos/policy/grant";
import type { TRPCMutationProcedure, TRPCQueryProcedure } from "@trpc/server";
import type { z } from "zod";
import type { Authenticated } from "../authenticator.ts";
import type { RequestContext } from "./context.ts";
import { t } from "./init.ts";
import type { ProcedureMeta, RestRoute } from "./procedure-meta.ts";
import { authenticate } from "./steps/authenticate.ts";
import { authorize } from "./steps/authorize.ts";
import { type IdOfSecret, once } from "./steps/idempotency.ts";
import { resolveScope } from "./steps/resolve-scope.ts";

const protectedProcedure = t.procedure.use(authenticate);

interface Declaration<I extends z.ZodType, O extends z.ZodType> {
  readonly rest: RestRoute;
  readonly summary: string;
  readonly input: I;
  readonly output: O;
  readonly status?: 200 | 201;
  readonly stream?: NonNullable<ProcedureMeta["stream"]>;
  /** For an answer that holds a secret and so is never kept: the id of what was made, which a retry is told. */
  readonly secretAnswer?: (answer: z.output<O>) => string;
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
  const meta: ProcedureMeta = {
    permission,
    rest,
    summary,
    status,
    secretAnswer: secretAnswer !== undefined,
    ...(declaration.stream === undefined ? {} : { stream: declaration.stream }),
  };
  const input: z.ZodType = declaration.input;
  const output: z.ZodType = declaration.output;
  const base = protectedProcedure
    .meta(meta)
    .input(input)
    .output(output)
    .use(resolveScope(permission))
    .use(authorize(permission));
  // The builder's own types cannot follow a generic schema; these two casts state what the lines above ensure.
  return {
    query: (resolver) =>
      base.query((options) => resolver(options as never)) as unknown as ReturnType<
        Declared<P, I, O>["query"]
      >,
    mutation: (resolver) =>
      base.mutation((options) =>
        once(options, secretAnswer, () => resolver(options as never)),
      ) as unknown as ReturnType<Declared<P, I, O>["mutation"]>,
  };
}
