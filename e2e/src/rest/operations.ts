import { isPermission, PERMISSIONS, type Permission } from "@aic-sos/contract/permissions";
import { z } from "zod";
import type { Caller, Method } from "./caller.ts";
import { answered } from "./caller.ts";
import { expectThat } from "../unmet.ts";

const Parameter = z.object({
  name: z.string(),
  in: z.enum(["path", "query", "header"]),
  description: z.string().optional(),
});
const Operation = z.object({
  operationId: z.string(),
  description: z.string(),
  parameters: z.array(Parameter).default([]),
});
const METHODS = ["get", "post", "put", "delete", "patch"] as const;
const Document = z.object({
  paths: z.record(z.string(), z.partialRecord(z.enum(METHODS), Operation)),
});

/** One operation of the REST API, as its OpenAPI document tells. */
export interface RestOperation {
  readonly id: string;
  readonly method: Method;
  /** Below the server's address, with `{names}`. */
  readonly path: string;
  readonly permission: Permission;
  readonly changes: boolean;
  /** What each `{name}` of the path means: `id` stands for a workspace's in one operation, a workflow's in another. */
  readonly inPath: Readonly<Record<string, string>>;
  readonly inQuery: readonly string[];
}

/** Every operation there is. */
export async function readOperations(caller: Caller): Promise<readonly RestOperation[]> {
  const document = answered(await caller.call("GET", "/api/openapi.json"), 200, Document);
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => toOperation(path, method, operation)),
  );
}

function toOperation(
  path: string,
  method: string,
  operation: z.infer<typeof Operation>,
): RestOperation {
  const { operationId: id, description, parameters } = operation;
  const permission = /`([a-z_]+:[a-z_]+)`/.exec(description)?.[1] ?? "";
  expectThat(isPermission(permission), `${id} to name the permission it needs`, description);
  const named = parameters.filter((parameter) => parameter.in === "path");
  return {
    id,
    method: method.toUpperCase() as Method,
    path: `/api${path}`,
    permission,
    changes: PERMISSIONS[permission].effect === "write",
    inPath: Object.fromEntries(
      named.map(({ name, description: meaning }) => [name, meaning ?? name]),
    ),
    inQuery: parameters.filter((parameter) => parameter.in === "query").map(({ name }) => name),
  };
}

/**
 * The address of an operation, filled in.
 * @param values by meaning: `workspaceId`, `workflowId`, …
 */
export function addressOf(
  operation: RestOperation,
  values: Readonly<Record<string, string>>,
): string {
  const path = operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const meaning = operation.inPath[name] ?? name;
    const value = values[meaning];
    expectThat(
      value !== undefined,
      `the gate to have a value for ${meaning} of ${operation.id}; add one`,
      values,
    );
    return encodeURIComponent(value);
  });
  const query = new URLSearchParams();
  for (const name of operation.method === "GET" ? operation.inQuery : []) {
    const value = values[name];
    if (value !== undefined) query.set(name, value);
  }
  return query.size === 0 ? path : `${path}?${query.toString()}`;
}
