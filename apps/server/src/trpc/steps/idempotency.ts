import { canonicalJson } from "@aic-sos/audit/canonical";
import { IdempotencyConflict } from "@aic-sos/db/errors";
import { findIdempotent, withIdempotency } from "@aic-sos/db/idempotency";
import type { Grant } from "@aic-sos/policy/grant";
import { AppError } from "../../app-error.ts";
import type { RequestContext } from "../context.ts";

/** What a client may send as `Idempotency-Key`: 1 to 128 visible ASCII characters. */
const KEY = /^[\x21-\x7e]{1,128}$/;

interface Call {
  readonly ctx: RequestContext & { readonly grant: Grant };
  readonly path: string;
  readonly input: unknown;
  /** The credential, where the effect depends on it; else empty. */
  readonly asker: string;
}

/** Of a procedure whose answer holds a secret: the id of what was made. */
export type IdOfSecret = ((answer: unknown) => string) | undefined;

/**
 * Runs a mutation at most once for its idempotency key (a header; without one it just runs). Comes after
 * authorization, so that a right taken away meanwhile is refused and not replayed. The row with the sealed answer
 * commits with the effect; the request itself is kept as an HMAC only.
 */
export async function once<T>(
  call: Call,
  secretAnswer: IdOfSecret,
  run: () => Promise<T>,
): Promise<T> {
  const { ctx, path } = call;
  if (ctx.idempotencyKey === undefined) return run();
  if (!KEY.test(ctx.idempotencyKey)) {
    throw new AppError(
      "invalid_input",
      "Idempotency-Key must be 1 to 128 visible ASCII characters.",
      {
        errors: [
          { field: "Idempotency-Key", message: "must be 1 to 128 visible ASCII characters" },
        ],
      },
    );
  }
  const key = ctx.idempotencyKey;
  const tenantId = ctx.grant.principalTenantId;
  const keyring = ctx.deps.keyringOf(ctx.grant.cell);
  const tenantKey = await keyring.forTenant(tenantId);
  const requestHmac = tenantKey.hmac("idempotency-request", Buffer.from(requestText(call)));
  const sealContext = {
    tenantId,
    purpose: "idempotency_answer",
    recordId: `${ctx.grant.principalId}/${path}/${key}`,
    field: "answer",
  } as const;

  const replay = async (): Promise<T | undefined> => {
    const kept = await findIdempotent(ctx.grant, path, key);
    if (!kept) return undefined;
    if (!Buffer.from(kept.requestHmac).equals(requestHmac)) {
      throw new AppError(
        "idempotency_key_reused",
        "The key was used with another request; take a new one.",
        {
          errors: [{ field: "Idempotency-Key", message: "was used with another request" }],
        },
      );
    }
    if (kept.sealedAnswer === null) {
      throw new AppError(
        "answer_not_kept",
        "The first request was carried out; its secret is shown once only.",
        kept.resourceId === null ? {} : { resourceId: kept.resourceId },
      );
    }
    const opened = await keyring.open(tenantId, kept.sealedAnswer, sealContext);
    return JSON.parse(Buffer.from(opened).toString("utf8")) as T;
  };

  const before = await replay();
  if (before !== undefined) return before;
  withIdempotency(ctx.grant, {
    procedure: path,
    key,
    requestHmac,
    ...(secretAnswer
      ? { sealAnswer: null, resourceId: secretAnswer }
      : {
          sealAnswer: (answer) => tenantKey.seal(Buffer.from(JSON.stringify(answer)), sealContext),
        }),
  });
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof IdempotencyConflict)) throw error;
    const after = await replay();
    if (after !== undefined) return after;
    throw new AppError(
      "conflict",
      "The same request is being carried out right now. Try again in a moment.",
    );
  }
}

/** With where it acts, which a header may say: an answer is not replayed into another workspace. */
function requestText({ ctx, path, input, asker }: Call): string {
  const where = `${ctx.grant.tenantId}/${ctx.grant.workspaceId}`;
  return `${path}\n${where}${asker && `/${asker}`}\n${canonicalInput(input)}`;
}

/** One text for one request. Free-form inputs may hold half a surrogate pair, for which there is none. */
function canonicalInput(input: unknown): string {
  try {
    return canonicalJson(input);
  } catch (error) {
    throw new AppError("invalid_input", "The request holds broken Unicode.", {
      errors: [{ field: "(body)", message: "must be well-formed Unicode" }],
      cause: error,
    });
  }
}
