import { type RestProcedure, restProcedures } from "../src/trpc/rest-procedures.ts";
import type { Answer, Caller, Sent } from "./http-caller.ts";

export type Input = Readonly<Record<string, unknown>>;

export function procedureOf(key: string): RestProcedure {
  const found = restProcedures.find((procedure) => procedure.key === key);
  if (!found) throw new RangeError(`there is no procedure ${key}`);
  return found;
}

export const mutations = restProcedures.filter(({ type }) => type === "mutation");
export const queries = restProcedures.filter(({ type }) => type === "query");

/** Calls a procedure by its REST address: what the path names goes there, the rest into query or body. */
export function callRest(
  caller: Caller,
  procedure: RestProcedure,
  input: Input,
  sent?: Sent,
): Promise<Answer> {
  const rest = { ...input };
  const path = procedure.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = asText(rest[name]);
    delete rest[name];
    return encodeURIComponent(value.toWellFormed());
  });
  if (procedure.method === "POST" || procedure.method === "PUT") {
    return caller.send(procedure.method, `/api${path}`, rest, sent);
  }
  const query = new URLSearchParams(
    Object.entries(rest).map(([name, value]): [string, string] => [name, asText(value)]),
  );
  const address = query.size === 0 ? path : `${path}?${query.toString()}`;
  return caller.send(procedure.method, `/api${address}`, undefined, sent);
}

/** As an address holds it; junk may have a `toString` that is no function. */
function asText(value: unknown): string {
  return typeof value === "object" && value !== null ? JSON.stringify(value) : String(value);
}

/** Calls a procedure by its tRPC key. */
export function callTrpc(
  caller: Caller,
  { key, type }: RestProcedure,
  input: Input,
  sent?: Sent,
): Promise<Answer> {
  return type === "query" ? caller.query(key, input, sent) : caller.mutate(key, input, sent);
}

/** What a problem says, from either face; undefined where the answer is none. */
export function problemIn(answer: Answer): Record<string, unknown> | undefined {
  const body = answer.body as
    | (Record<string, unknown> & { error?: { data?: { problem?: Record<string, unknown> } } })
    | undefined;
  if (typeof body?.["code"] === "string") return body;
  return body?.error?.data?.problem;
}

/** Names of the fields that a problem says are wrong. */
export function fieldsIn(answer: Answer): string[] {
  const errors = (problemIn(answer)?.["errors"] ?? []) as { field: string }[];
  return errors.map(({ field }) => field);
}
