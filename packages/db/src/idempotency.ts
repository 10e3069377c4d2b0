import { isId } from "@aic-sos/contract/ids";
import { assertGrant, type Grant } from "@aic-sos/policy/grant";
import { cellByCode } from "./cells.ts";
import { IdempotencyConflict } from "./errors.ts";
import { newId } from "./ids.ts";
import { enterScope, type PrismaTransaction } from "./passages.ts";
import { homeScope, type Scope } from "./scope.ts";

/** A mutation that may arrive twice. */
export interface IdempotencyIntent {
  readonly procedure: string;
  readonly key: string;
  /** HMAC of the request under the tenant's key: tells a retry from another request with the same key. */
  readonly requestHmac: Uint8Array;
  /** Seals the answer for a replay; null when the answer holds a secret and is not kept. No network in here. */
  readonly sealAnswer: ((answer: unknown) => Uint8Array) | null;
  /** The id of what was made, for a retry whose answer was not kept; unless told, the answer's own `id`. */
  readonly resourceId?: (answer: unknown) => string | null;
}

/** What was done under a key. `sealedAnswer` is null when the answer was not kept. */
export interface IdempotentAnswer {
  readonly requestHmac: Buffer;
  readonly sealedAnswer: Buffer | null;
  readonly resourceId: string | null;
}

const intents = new WeakMap<Grant, IdempotencyIntent>();

/**
 * Makes the next `write` (or `foundTenant`) of this grant happen once: its row, unique by principal, procedure and key,
 * commits with the effect. When another request was first, the write throws IdempotencyConflict and did nothing.
 */
export function withIdempotency(grant: Grant, intent: IdempotencyIntent): void {
  assertGrant(grant);
  intents.set(grant, intent);
}

/** What an earlier request did under this key, within the last 24 hours. Runs in the principal's own tenant. */
export async function findIdempotent(
  grant: Grant,
  procedure: string,
  key: string,
): Promise<IdempotentAnswer | undefined> {
  assertGrant(grant);
  const { rows } = await cellByCode(grant.cell).app.run<IdempotentAnswer>(homeScope(grant, true), {
    name: "find_idempotent",
    text: `select request_hmac as "requestHmac", sealed_answer as "sealedAnswer", resource_id as "resourceId"
      from idempotency_keys
      where tenant_id = $1 and principal_id = $2 and procedure = $3 and key = $4 and expires_at > now()`,
    values: [grant.principalTenantId, grant.principalId, procedure, key],
  });
  return rows[0];
}

/** True when a write of this grant must begin in the principal's own tenant, where the key is kept. */
export function beginsAtHome(grant: Grant): boolean {
  return intents.has(grant) && grant.tenantId !== grant.principalTenantId;
}

/**
 * To be called once the write is committed: a rolled-back one leaves the intent to the next. Or before a write that notes a
 * failure: it commits, and the failure is not what a retry is answered.
 */
export function forgetIntent(grant: Grant): void {
  intents.delete(grant);
}

/**
 * Runs `effect` under the grant's intent, if it has one: claims the key first and keeps the answer last. The transaction
 * begins in the principal's own tenant, and returns there when `effect` has entered another scope.
 */
export async function underIntent<T>(
  tx: PrismaTransaction,
  grant: Grant,
  effect: (enter: (scope: Scope) => Promise<void>) => Promise<T>,
): Promise<T> {
  const intent = intents.get(grant);
  let away = false;
  const enter = async (scope: Scope) => {
    await enterScope(tx, scope);
    away = true;
  };
  if (intent === undefined) return effect(enter);
  const id = await claimKey(tx, grant, intent);
  const answer = await effect(enter);
  if (away) await enterScope(tx, homeScope(grant, false));
  await keepAnswer(tx, grant, id, answer, intent);
  return answer;
}

/** Waits for a request that is under way with the same key. A row that is past its 24 hours is taken over. */
async function claimKey(
  tx: PrismaTransaction,
  grant: Grant,
  intent: IdempotencyIntent,
): Promise<string> {
  const id = newId(grant);
  const insert = () => tx.$executeRaw`
    insert into idempotency_keys (tenant_id, id, principal_id, procedure, key, request_hmac, expires_at)
    values (${grant.principalTenantId}::uuid, ${id}::uuid, ${grant.principalId}::uuid,
      ${intent.procedure}, ${intent.key}, ${intent.requestHmac}, now() + interval '24 hours')
    on conflict (tenant_id, principal_id, procedure, key) do nothing`;
  if ((await insert()) === 1) return id;
  const expired = await tx.$executeRaw`
    delete from idempotency_keys
    where tenant_id = ${grant.principalTenantId}::uuid and principal_id = ${grant.principalId}::uuid
      and procedure = ${intent.procedure} and key = ${intent.key} and expires_at <= now()`;
  if (expired === 1 && (await insert()) === 1) return id;
  throw new IdempotencyConflict();
}

async function keepAnswer(
  tx: PrismaTransaction,
  grant: Grant,
  id: string,
  answer: unknown,
  { sealAnswer, resourceId = ownId }: IdempotencyIntent,
): Promise<void> {
  const sealed = sealAnswer === null ? null : sealAnswer(answer);
  const kept = await tx.$executeRaw`
    update idempotency_keys set sealed_answer = ${sealed}, resource_id = ${resourceId(answer)}::uuid
    where tenant_id = ${grant.principalTenantId}::uuid and id = ${id}::uuid`;
  if (kept !== 1) throw new TypeError("the idempotency key is not in sight of its own transaction");
}

function ownId(answer: unknown): string | null {
  if (typeof answer !== "object" || answer === null || !("id" in answer)) return null;
  return typeof answer.id === "string" && isId(answer.id) ? answer.id : null;
}
