import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { expectProblem } from "./expect-problem.ts";
import { type Harness, startHarness } from "./harness.ts";
import type { Sent } from "./http-caller.ts";
import { inputFor, makePlace, type Place } from "./places.ts";
import { problemIn } from "./procedure-calls.ts";
import { makeHome } from "./world.ts";

let harness: Harness;
let place: Place;

beforeAll(async () => {
  harness = await startHarness();
  const { tenant, workspace } = await makeHome(harness, harness.us);
  place = await makePlace(harness, tenant, workspace);
});
afterAll(() => harness.stop());

describe("the request itself", () => {
  const post = (sent: Sent) => place.admin.send("POST", "/api/workflows", undefined, sent);

  it.each([
    ["no JSON", { raw: "{" }, "malformed_body", "(body)"],
    ["a list", { raw: "[]" }, "malformed_body", "(body)"],
    ["a lone text", { raw: '"text"' }, "malformed_body", "(body)"],
    ["null", { raw: "null" }, "malformed_body", "(body)"],
    [
      "too large",
      { raw: JSON.stringify({ source: "x".repeat(2_100_000) }) },
      "body_too_large",
      "(body)",
    ],
    [
      "a form",
      { raw: "a=b", headers: { "content-type": "application/x-www-form-urlencoded" } },
      "unsupported_media_type",
      "Content-Type",
    ],
    [
      "plain text",
      { raw: "{}", headers: { "content-type": "text/plain" } },
      "unsupported_media_type",
      "Content-Type",
    ],
    [
      "in another charset",
      { raw: "{}", headers: { "content-type": "application/json; charset=latin1" } },
      "unsupported_media_type",
      "Content-Type",
    ],
    [
      "said to be compressed",
      { raw: "{}", headers: { "content-encoding": "gzip" } },
      "malformed_body",
      "(body)",
    ],
    [
      "in an unknown encoding",
      { raw: "{}", headers: { "content-encoding": "rot13" } },
      "unsupported_media_type",
      "Content-Type",
    ],
  ])("whose body is %s is refused", async (_, sent, code, field) => {
    expectProblem(await post(sent), code, field);
  });

  it("that names in its body what its path names, nested deeper than any stack, is refused before anybody is known", async () => {
    const nested = "[".repeat(100_000) + "]".repeat(100_000);
    const raw = { raw: `{"workflowId":${nested}}` };
    const path = `/api/workflows/${place.workflowId}`;
    const [, secret = ""] = /(.{5})$/.exec(place.admin.headers["cookie"] ?? "") ?? [];
    const cookie = (place.admin.headers["cookie"] ?? "").replace(secret, "AAAAA");
    for (const headers of [place.admin.headers, { ...place.admin.headers, cookie }]) {
      const answer = await place.admin.send("PUT", path, undefined, { ...raw, headers });
      expectProblem(answer, "invalid_input", "workflowId");
    }
  });

  it("to an address in other letters is refused: whatever goes by the address sees what the routes see", async () => {
    for (const path of ["/API/me", "/Api/Me", "/TRPC/me.read?input=%7B%7D", "/api/ME"]) {
      const answer = await place.admin.get(path);
      expect([answer.status, problemIn(answer)?.["code"]], path).toEqual([404, "not_found"]);
    }
  });

  it("to an unknown address is refused, whoever asks", async () => {
    for (const path of ["/api/nothing", "/api", "/api/runs/a/b/c", "/api/docs"]) {
      const answer = await place.admin.get(path);
      expect([answer.status, problemIn(answer)?.["code"]], path).toEqual([404, "not_found"]);
    }
  });

  it("to what is no URL is refused, and in absolute form it is the same address", async () => {
    const raw = async (target: string) => {
      const { hostname, port } = new URL(harness.url);
      const headers = { cookie: place.admin.headers["cookie"] };
      const sent = request({ host: hostname, port, path: target, headers });
      sent.end();
      const [response] = (await once(sent, "response")) as [IncomingMessage];
      const body = await text(response);
      return { status: response.statusCode, type: response.headers["content-type"], body };
    };
    for (const target of ["http://[::bad/api/me", "http://[::bad/docs/errors", "*"]) {
      const answer = await raw(target);
      expect([answer.status, answer.type], target).toEqual([
        404,
        "application/problem+json; charset=utf-8",
      ]);
      expect(JSON.parse(answer.body), target).toMatchObject({ code: "not_found" });
    }
    expect((await raw("http://elsewhere.test/api/me?x=1")).status).toBe(200);
    expect((await raw("http://elsewhere.test")).status).toBe((await raw("/")).status);
  });

  it("with a fragment behind its address is the request without it, on either face", async () => {
    const raw = async (target: string) => {
      const { hostname, port } = new URL(harness.url);
      const { cookie } = place.admin.headers;
      const sent = connect(Number(port), hostname);
      sent.write(
        `GET ${target} HTTP/1.1\r\nhost: ${hostname}\r\nconnection: close\r\ncookie: ${cookie}\r\n\r\n`,
      );
      const [head = ""] = (await text(sent)).split("\r\n\r\n");
      return [head.slice("HTTP/1.1 ".length, 12), /^cache-control: no-store$/im.test(head)];
    };
    for (const [target, status] of [
      ["/api/me#x", "200"],
      ["/api#x", "404"],
      ["/api#/me?x", "404"],
      ["/trpc#x", "404"],
      ["/trpc/me.read?input=%7B%7D#x", "200"],
    ] as const) {
      expect(await raw(target), target).toEqual([status, true]);
    }
  });

  it("with a method that the address does not take is told which it takes", async () => {
    const answer = await place.admin.send("PATCH", "/api/runs");
    expectProblem(answer, "method_not_allowed", "(method)");
    expect(answer.headers.get("allow")).toBe("POST, GET");
    expectProblem(await place.admin.delete("/api/me"), "method_not_allowed", "(method)");
    expectProblem(
      await place.admin.delete(`/api/workspaces/${place.workspace.id}`),
      "method_not_allowed",
      "(method)",
    );
  });

  it.each(["", " ", "a b", "ü", "x".repeat(129)])(
    "with the idempotency key '%.9s' is refused",
    async (key) => {
      const answer = await place.admin.post("/api/workflows", inputFor("workflow.create", place), {
        headers: { "idempotency-key": encodeURI(key) === key || key.length > 128 ? key : "a b" },
      });
      expectProblem(answer, "invalid_input", "Idempotency-Key");
    },
  );

  it.each([
    ["/trpc/nothing.here", "not_found"],
    ["/trpc/run.create", "method_not_allowed"],
    ["/trpc/run.list?input=%7B", "malformed_body"],
    ["/trpc/run.list?batch=1&input=7", "malformed_body"],
    [
      `/trpc/${Array.from({ length: 21 }, () => "me.read").join(",")}?batch=1&input=%7B%7D`,
      "malformed_body",
    ],
  ])("over tRPC to %.60s is a problem, too", async (path, code) => {
    const answer = await place.admin.get(path);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    expect(answer.text).toContain(`"code":"${code}"`);
  });

  it("over tRPC with a body over the limit is refused", async () => {
    const answer = await place.admin.mutate("workflow.create", { source: "x".repeat(2_100_000) });
    expect(problemIn(answer), answer.text).toMatchObject({ code: "body_too_large" });
  });
});
