import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, it } from "vitest";
import { createClient } from "./create-client.ts";
import { problemOf } from "./problem-of.ts";

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** A wire that answers as told, one answer a request, and remembers what it was asked. */
async function wire(answers: readonly (Answer | "cut")[]) {
  const asked: IncomingMessage[] = [];
  server = createServer((request, response) => {
    const answer = answers[asked.length];
    asked.push(request);
    request.resume();
    if (answer === undefined || answer === "cut") return void request.destroy();
    response.writeHead(answer.status, { "content-type": "application/json" });
    response.end(JSON.stringify(answer.body));
  });
  await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/`, asked };
}

const problem = (status: number, code: string): Answer => ({
  status,
  body: {
    error: {
      message: code,
      code: -32_000,
      data: { problem: { type: "/docs/errors", title: code, status, code, detail: code } },
    },
  },
});
const done: Answer = { status: 200, body: { result: { data: { id: "x" } } } };
const run = { workflowId: "01a20fd3-f27c-8001-ae65-85decb18c6cc" };

it("tries a mutation again with the same idempotency key", async () => {
  const { url, asked } = await wire([problem(503, "unavailable"), "cut", done]);
  await createClient({ url, apiKey: "aic_key" }).run.create.mutate(run);
  const keys = asked.map((request) => request.headers["idempotency-key"]);
  expect(keys).toHaveLength(3);
  expect(keys[0]).toMatch(/^[0-9a-f-]{36}$/);
  expect(new Set(keys).size).toBe(1);
  expect(asked[0]?.headers.authorization).toBe("Bearer aic_key");
});

it("gives two mutations two keys and two requests", async () => {
  const { url, asked } = await wire([done, done]);
  const client = createClient({ url, apiKey: "aic_key", workspaceId: "ws" });
  await Promise.all([client.run.create.mutate(run), client.run.create.mutate(run)]);
  expect(new Set(asked.map((request) => request.headers["idempotency-key"])).size).toBe(2);
  expect(asked.map((request) => request.headers["x-workspace-id"])).toEqual(["ws", "ws"]);
});

it("repeats a mutation under the caller's own key", async () => {
  const { url, asked } = await wire([done]);
  const options = { context: { idempotencyKey: "mine" } };
  await createClient({ url, apiKey: "aic_key" }).run.create.mutate(run, options);
  expect(asked[0]?.headers["idempotency-key"]).toBe("mine");
});

it("does not try again what the server refused, and says why", async () => {
  const { url, asked } = await wire([problem(403, "forbidden")]);
  const failure: unknown = await createClient({ url, apiKey: "aic_key" })
    .run.create.mutate(run)
    .catch((error: unknown) => error);
  expect(problemOf(failure)).toMatchObject({ status: 403, code: "forbidden" });
  expect(asked).toHaveLength(1);
});

it("gives up after the tries it was allowed", async () => {
  const { url, asked } = await wire(["cut", "cut", done]);
  const client = createClient({ url, apiKey: "aic_key", attempts: 2 });
  await expect(client.run.create.mutate(run)).rejects.toThrow();
  expect(asked).toHaveLength(2);
});
