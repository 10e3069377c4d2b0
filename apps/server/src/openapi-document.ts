import { PERMISSIONS } from "@aic-sos/contract/permissions";
import { Problem } from "@aic-sos/contract/problem";
import { z } from "zod";
import { type RestProcedure, restProcedures } from "./trpc/rest-procedures.ts";

type Json = Record<string, unknown>;

/**
 * The OpenAPI 3.1 document of the REST face. Two paths of one shape are one path to OpenAPI, so where the procedures
 * name a parameter differently (`/workflows/{workspaceId}`, `/workflows/{workflowId}`) the document says `{id}`.
 */
export function openApiDocument(publicUrl: string, version: string): Json {
  const paths: Record<string, Json> = {};
  const schemas: Record<string, unknown> = {};
  for (const [shape, procedures] of byShape()) {
    const names = new Set(procedures.map((procedure) => procedure.path));
    const path = names.size === 1 ? ([...names][0] ?? shape) : shape.replaceAll("{}", "{id}");
    const entry: Json = {};
    for (const procedure of procedures) {
      entry[procedure.method.toLowerCase()] = operation(procedure, names.size > 1, schemas);
    }
    paths[path] = entry;
  }
  jsonSchema(Problem, "output", schemas);
  return {
    openapi: "3.1.0",
    info: {
      title: "AIC-SOS control plane",
      version,
      description:
        "Tenants, identities, workflows, runs and the audit log of AI workflows in IT service management.",
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    servers: [{ url: `${publicUrl}/api` }],
    security: [{ key: [] }, { session: [] }],
    paths,
    components: {
      schemas,
      securitySchemes: {
        key: { type: "http", scheme: "bearer", description: "An API key or the platform key." },
        session: { type: "apiKey", in: "cookie", name: "__Host-aic_session" },
      },
    },
  };
}

function byShape(): Map<string, RestProcedure[]> {
  const shapes = new Map<string, RestProcedure[]>();
  for (const procedure of restProcedures) {
    const shape = procedure.path.replaceAll(/\{\w+\}/g, "{}");
    shapes.set(shape, [...(shapes.get(shape) ?? []), procedure]);
  }
  return shapes;
}

function operation(
  procedure: RestProcedure,
  generic: boolean,
  schemas: Record<string, unknown>,
): Json {
  const input = jsonSchema(procedure.input, "input", schemas);
  const inPath = [...procedure.path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? "");
  const parameters: Json[] = inPath.map((name) => ({
    name: generic ? "id" : name,
    in: "path",
    required: true,
    description: generic ? name : undefined,
    schema: property(input, name),
  }));
  const reads = procedure.method === "GET" || procedure.method === "DELETE";
  if (reads) parameters.push(...queryParameters(input, inPath));
  if (procedure.type === "mutation") parameters.push(IDEMPOTENCY_KEY);
  if (PERMISSIONS[procedure.permission].scope === "workspace") parameters.push(WORKSPACE_HEADER);
  return {
    operationId: procedure.key.replace(".", "_"),
    summary: procedure.summary,
    description: `Needs \`${procedure.permission}\`: ${PERMISSIONS[procedure.permission].means}.`,
    tags: [procedure.key.split(".")[0]],
    parameters,
    ...(reads ? {} : { requestBody: requestBody(input, inPath) }),
    responses: {
      [procedure.status]: {
        description: "Done",
        ...(procedure.type === "mutation" ? { headers: { "AIC-Audit-Id": AUDIT_ID } } : {}),
        content: contentOf(procedure, schemas),
      },
      default: {
        description: "A problem (RFC 9457)",
        content: {
          "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } },
        },
      },
    },
  };
}

function contentOf({ stream, output }: RestProcedure, schemas: Record<string, unknown>): Json {
  if (stream === undefined)
    return { "application/json": { schema: jsonSchema(output, "output", schemas) } };
  return { [stream]: { schema: { type: "string", description: "One JSON object a line." } } };
}

const AUDIT_ID: Json = {
  description:
    "A receipt: the id of the event in the audit log that tells this change. The event itself: GET /audit/events/{eventId}; its proof: GET /audit/events/{eventId}/proof.",
  schema: { type: "string", format: "uuid" },
};

const IDEMPOTENCY_KEY: Json = {
  name: "Idempotency-Key",
  in: "header",
  required: false,
  description: "Runs the request at most once within 24 hours; a repetition gets the first answer.",
  schema: { type: "string", minLength: 1, maxLength: 128 },
};

const WORKSPACE_HEADER: Json = {
  name: "X-Workspace-Id",
  in: "header",
  required: false,
  description:
    "The workspace, where neither path nor body names it and the caller has a role in several.",
  schema: { type: "string" },
};

function queryParameters(input: Json, inPath: readonly string[]): Json[] {
  const required = (input["required"] as string[] | undefined) ?? [];
  return Object.entries((input["properties"] as Record<string, Json> | undefined) ?? {})
    .filter(([name]) => !inPath.includes(name))
    .map(([name, schema]) => ({ name, in: "query", required: required.includes(name), schema }));
}

function requestBody(input: Json, inPath: readonly string[]): Json {
  const without = (schema: Json): Json => {
    const { properties, required, oneOf, ...others } = schema as Json & { oneOf?: Json[] };
    const kept = Object.entries((properties as Json | undefined) ?? {}).filter(
      ([name]) => !inPath.includes(name),
    );
    const needed = ((required as string[] | undefined) ?? []).filter(
      (name) => !inPath.includes(name),
    );
    return {
      ...others,
      ...(properties ? { properties: Object.fromEntries(kept) } : {}),
      ...(needed.length > 0 ? { required: needed } : {}),
      ...(oneOf ? { oneOf: oneOf.map(without) } : {}),
    };
  };
  const schema = without(input);
  const needed = schema["required"] !== undefined || schema["oneOf"] !== undefined;
  return { required: needed, content: { "application/json": { schema } } };
}

function property(input: Json, name: string): unknown {
  return (input["properties"] as Record<string, unknown> | undefined)?.[name] ?? { type: "string" };
}

/** JSON Schema of a zod shape; shapes with an id of their own are collected as components. */
function jsonSchema(
  schema: z.ZodType,
  io: "input" | "output",
  schemas: Record<string, unknown>,
): Json {
  const made = z.toJSONSchema(schema, {
    io,
    target: "draft-2020-12",
    unrepresentable: "any",
  }) as Json;
  const { $schema: _, $defs, ...rest } = made;
  for (const [name, value] of Object.entries(($defs as Json | undefined) ?? {})) {
    schemas[name] = name === "Json" ? ANY_JSON : referring(value);
  }
  // What `Json` would refer to: a name that zod makes up, the same one in every shape.
  delete schemas["__schema0"];
  return referring(rest) as Json;
}

/** Not the union of all JSON types over itself, which generators of types cannot follow. */
const ANY_JSON: Json = {
  description: "Any JSON value. In a request, no object in it may have a member `__proto__`.",
};

function referring(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(referring);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, item]) => !(key === "id" && typeof item === "string"))
      .map(([key, item]) =>
        key === "$ref" && typeof item === "string"
          ? [key, item.replace("#/$defs/", "#/components/schemas/")]
          : [key, referring(item)],
      ),
  );
}
