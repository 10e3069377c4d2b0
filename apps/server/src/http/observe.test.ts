import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, it } from "vitest";
import type { Dependencies } from "../dependencies.ts";
import { createLog } from "../log.ts";
import { observe } from "./observe.ts";

it("answers what a later step throws as a problem, without a word of it, and counts and logs the request", async () => {
  const lines: string[] = [];
  const counted: object[] = [];
  const deps = {
    log: createLog("info", { write: (line) => void lines.push(line) }),
    metrics: { request: (facts: object) => void counted.push(facts) },
  } as unknown as Dependencies;
  const step = observe(() => {
    throw new Error("a secret");
  }, deps);
  await using server = createServer(step).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;

  const answer = await fetch(`http://127.0.0.1:${port}/anything?with=words`);

  expect(answer.status).toBe(500);
  expect(answer.headers.get("content-type")).toBe("application/problem+json; charset=utf-8");
  const text = await answer.text();
  expect(JSON.parse(text)).toMatchObject({ code: "internal" });
  await expect.poll(() => counted).toEqual([expect.objectContaining({ status: 500 })]);
  expect(lines.length).toBeGreaterThan(1);
  expect(text + lines.join("")).not.toMatch(/secret|words/);
});
