import createClient from "openapi-fetch";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openApiDocument } from "../src/openapi-document.ts";
import { appRouter } from "../src/trpc/app-router.ts";
import { restProcedures } from "../src/trpc/rest-procedures.ts";
import { type Harness, startHarness } from "./harness.ts";
import type { paths } from "./openapi.gen.ts";
import { type Actor, makeActor, makeHome, yaml } from "./world.ts";

interface Operation {
  readonly operationId: string;
  readonly parameters: readonly { name: string; in: string; required: boolean; schema: object }[];
  readonly requestBody?: { content: Record<string, { schema: object }> };
  readonly responses: Record<
    string,
    { description: string; content: Record<string, { schema: object }> }
  >;
}

interface Document {
  readonly openapi: string;
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: { schemas: Record<string, object> };
}

const document = JSON.parse(
  JSON.stringify(openApiDocument("http://localhost:4000", "1")),
) as Document;
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
);

describe("the OpenAPI document", () => {
  it("is of version 3.1 and has every procedure of the router, once", () => {
    expect(document.openapi).toBe("3.1.0");
    const ids = operations.map(({ operation }) => operation.operationId.replace("_", "."));
    expect(ids.toSorted()).toEqual(Object.keys(appRouter._def.procedures).toSorted());
  });

  it("has no two paths of one shape, which OpenAPI forbids", () => {
    const shapes = Object.keys(document.paths).map((path) => path.replaceAll(/\{\w+\}/g, "{}"));
    expect(new Set(shapes).size).toBe(shapes.length);
  });

  it("declares each name of a path as a required parameter, and no other", () => {
    for (const { path, operation } of operations) {
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
      const declared = operation.parameters.filter((parameter) => parameter.in === "path");
      expect(
        declared.map(({ name }) => name),
        path,
      ).toEqual(inPath);
      expect(declared.every(({ required }) => required)).toBe(true);
    }
  });

  it("merges addresses that differ in a parameter's name only: the paths mean what the procedures say", () => {
    const list = document.paths["/workflows/{id}"];
    expect(Object.keys(list ?? {}).toSorted()).toEqual(["delete", "get", "put"]);
    expect(list?.["get"]?.operationId).toBe("workflow_list");
    expect(list?.["put"]?.operationId).toBe("workflow_update");
    for (const { key, path, method } of restProcedures) {
      const shape = path.replaceAll(/\{\w+\}/g, "{}");
      const found = operations.find(
        (one) =>
          one.path.replaceAll(/\{\w+\}/g, "{}") === shape && one.method === method.toLowerCase(),
      );
      expect(found?.operation.operationId.replace("_", "."), key).toBe(key);
    }
  });

  it("has an answer, its status and a problem for each operation, and an idempotency key for each mutation", () => {
    for (const { operation } of operations) {
      const procedure = restProcedures.find(
        ({ key }) => key === operation.operationId.replace("_", "."),
      );
      const { default: problem, ...answers } = operation.responses;
      expect(Object.keys(answers)).toEqual([String(procedure?.status)]);
      expect(problem?.content).toHaveProperty(["application/problem+json"]);
      const names = operation.parameters.map(({ name }) => name);
      expect(names.includes("Idempotency-Key")).toBe(procedure?.type === "mutation");
    }
  });

  it("refers to nothing that is not there, and never to itself alone", () => {
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(
      (match) => match[1] ?? "",
    );
    expect(references.length).toBeGreaterThan(50);
    for (const reference of new Set(references)) {
      const name = reference.replace("#/components/schemas/", "");
      expect(document.components.schemas, reference).toHaveProperty([name]);
      expect(document.components.schemas[name]).not.toEqual({ $ref: reference });
    }
    expect(
      Object.keys(document.components.schemas).filter((name) => !/^[A-Z]\w+$/.test(name)),
    ).toEqual([]);
  });
});

describe("types made from the document", () => {
  let harness: Harness;
  let admin: Actor;
  let workspaceId: string;
  beforeAll(async () => {
    harness = await startHarness();
    const { tenant, workspace } = await makeHome(harness, harness.us);
    workspaceId = workspace.id;
    admin = await makeActor(harness, tenant, { role: "WorkspaceAdmin" });
  });
  afterAll(() => harness.stop());

  it("call the server: create, publish, list and read a workflow", async () => {
    const client = createClient<paths>({ baseUrl: `${harness.url}/api`, headers: admin.headers });
    const created = await client.POST("/workflows", {
      body: { source: yaml("typed"), workspaceId },
    });
    expect(created.error).toBeUndefined();
    const workflowId = created.data?.id ?? "";
    const published = await client.POST("/workflows/{workflowId}/publish", {
      params: { path: { workflowId }, header: { "Idempotency-Key": "once" } },
      body: { environment: "prod", workspaceId },
    });
    expect(published.data?.version).toBe(1);
    const list = await client.GET("/workflows/{id}", {
      params: { path: { id: workspaceId }, query: { environment: "prod", limit: 10 } },
    });
    expect(list.data?.items.map(({ name }) => name)).toEqual(["typed"]);
  });

  it("say what a problem is", async () => {
    const client = createClient<paths>({ baseUrl: `${harness.url}/api`, headers: admin.headers });
    const { error, response } = await client.GET("/runs/{runId}", {
      params: { path: { runId: "nonsense" } },
    });
    expect(response.status).toBe(400);
    expect([error?.code, error?.errors?.[0]?.field]).toEqual(["invalid_input", "runId"]);
  });

  it("are of the document that the server serves", async () => {
    const served = await harness.anonymous.get("/api/openapi.json");
    expect(served.body).toEqual(
      JSON.parse(JSON.stringify(openApiDocument(harness.url, "0.0.0-test"))),
    );
  });
});
