import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { PassThrough } from "node:stream";
import { text } from "node:stream/consumers";
import { connect as connectTls } from "node:tls";
import { createServer } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { answerUnreadable } from "../src/http/answer-unreadable.ts";
import { Problem } from "@aic-sos/contract/problem";
import type { MtlsStage } from "./mtls/stage.ts";
import { startMtlsStage } from "./mtls/stage.ts";

let stage: MtlsStage;

beforeAll(async () => {
  stage = await startMtlsStage();
});
afterAll(() => stage.stop());

const SECRET = "aic_secret_in_a_request";
const LARGE = `${SECRET}${"x".repeat(20_000)}`;
const FACES = ["the plain port", "the port of client certificates"] as const;

/** It goes on when the server has ended its half: who closes the connection is then the server. */
async function open(face: (typeof FACES)[number]): Promise<Socket> {
  const port = face === "the plain port" ? Number(new URL(stage.url).port) : stage.mtlsPort;
  const plain = connect({ host: "127.0.0.1", port, allowHalfOpen: true });
  await once(plain, "connect");
  if (face === "the plain port") return plain;
  const secure = connectTls({ socket: plain, rejectUnauthorized: false });
  await once(secure, "secureConnect");
  return secure;
}

/** What comes back until the server closes. */
async function answersTo(socket: Socket, ...parts: string[]): Promise<string> {
  const answer = text(socket);
  for (const part of parts) socket.write(part);
  return answer;
}

function problemOfText(answer: string): Problem {
  const [head = "", body = ""] = answer.split("\r\n\r\n");
  expect(head).toMatch(/^content-type: application\/problem\+json; charset=utf-8$/m);
  expect(head).toMatch(/^connection: close$/im);
  expect(head).toMatch(/^cache-control: no-store$/m);
  expect(head).toContain(`content-length: ${Buffer.byteLength(body)}`);
  const problem = Problem.parse(JSON.parse(body));
  expect(head.split(" ")[1]).toBe(String(problem.status));
  expect(answer).not.toContain(SECRET);
  return problem;
}

const HEAD = "GET /api/me HTTP/1.1\r\nhost: localhost\r\n";

describe.each(FACES)("on %s", (face) => {
  it.each([
    ["whose address is too long", `GET /${LARGE} HTTP/1.1\r\n\r\n`, "headers_too_large", 431],
    ["whose headers are too large", `${HEAD}cookie: ${LARGE}\r\n\r\n`, "headers_too_large", 431],
    ["that is no HTTP", `${SECRET}\r\n\r\n`, "malformed_request", 400],
    ["of HTTP/9", `GET /${SECRET} HTTP/9.9\r\n\r\n`, "malformed_request", 400],
    [
      "with two lengths",
      `${HEAD}content-length: 1\r\ntransfer-encoding: chunked\r\n\r\n`,
      "malformed_request",
      400,
    ],
    ["with a header that has no name", `${HEAD}: ${SECRET}\r\n\r\n`, "malformed_request", 400],
  ])("a request %s is answered with a problem", async (_, sent, code, status) => {
    const problem = problemOfText(await answersTo(await open(face), sent));
    expect(problem).toMatchObject({ code, status, type: `/docs/errors#${code}` });
    expect(stage.log.join("")).not.toContain(SECRET);
  });

  it("a request without a host is answered with a problem, but for HTTP/1.0", async () => {
    const problem = problemOfText(
      await answersTo(await open(face), "GET /api/me HTTP/1.1\r\n\r\n"),
    );
    expect(problem).toMatchObject({ code: "malformed_request", errors: [{ field: "Host" }] });
    const older = await answersTo(await open(face), "GET /api/me HTTP/1.0\r\n\r\n");
    expect(older).toMatch(/^HTTP\/1\.1 401 /);
  });

  it("an expectation that nobody knows is passed over", async () => {
    const sent = `${HEAD}expect: everything\r\nconnection: close\r\n\r\n`;
    const answer = await answersTo(await open(face), sent);
    expect(answer).toMatch(/^HTTP\/1\.1 401 /);
    expect(answer).toContain('"code":"unauthenticated"');
  });

  it("what follows an answered request gets an answer of its own, and the connection closes", async () => {
    const socket = await open(face);
    const answer = text(socket);
    socket.write(`${HEAD}\r\n`);
    await new Promise((resolve) => setTimeout(resolve, 300));
    socket.write(`${SECRET}\r\n\r\n`);
    const statuses = [...(await answer).matchAll(/HTTP\/1\.1 (\d{3})/g)].map(
      ([, status]) => status,
    );
    expect(statuses).toEqual(["401", "400"]);
  });

  it("a sender that does not stop is answered, and cut off", async () => {
    const socket = await open(face);
    socket.on("error", () => undefined);
    const closed = new Promise((resolve) => socket.once("close", resolve));
    const sending = setInterval(() => socket.write("x".repeat(1_000)), 20);
    socket.write(`${HEAD}cookie: ${LARGE}`);
    expect(problemOfText(await text(socket)).code).toBe("headers_too_large");
    await closed;
    clearInterval(sending);
    expect(socket.destroyed).toBe(true);
  });
});

describe("an answer that has begun", () => {
  const received: string[] = [];
  const server = createServer({
    requestTimeout: 300,
    headersTimeout: 200,
    connectionsCheckingInterval: 50,
  });
  beforeAll(async () => {
    answerUnreadable(server);
    server.on("request", (req, res) => {
      req.on("data", (part) => received.push(String(part)));
      if (req.url === "/begun") res.write("begun");
      if (req.url === "/early") res.end("early");
    });
    await once(server.listen(0, "127.0.0.1"), "listening");
  });
  afterAll(() => void server.close());

  const chunked = (path: string) =>
    `POST ${path} HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding: chunked\r\n\r\n`;
  async function sendTo(first: string, second: string): Promise<string> {
    const socket = connect((server.address() as { port: number }).port, "127.0.0.1");
    const answer = text(socket);
    socket.write(first);
    await new Promise((resolve) => setTimeout(resolve, 100));
    socket.write(second);
    return answer;
  }

  it.each([
    ["is not written into", chunked("/begun"), "zz\r\n", 1],
    ["and ended before its body is not followed by another", chunked("/early"), "zz\r\n", 1],
    [
      "or is still to come is not forestalled",
      "GET / HTTP/1.1\r\nhost: a\r\n\r\n",
      "junk\r\n\r\n",
      0,
    ],
  ])("%s", async (_, first, second, answers) => {
    const answer = await sendTo(first, second);
    expect(answer.match(/HTTP\/1\.1/g) ?? []).toHaveLength(answers);
    expect(answer).not.toContain("malformed_request");
  });

  it("is not awaited where the body cannot be read or does not come", async () => {
    expect(problemOfText(await sendTo(chunked("/"), "zz\r\n")).code).toBe("malformed_request");
    const slow = await sendTo("GET / HTTP/1.1\r\n", "host: a\r\n");
    expect(problemOfText(slow)).toMatchObject({ code: "request_timeout", status: 408 });
    const large = await sendTo(chunked("/"), `1;${LARGE}\r\n`);
    expect(problemOfText(large)).toMatchObject({ code: "body_too_large", status: 413 });
  });

  it("of a request that took too long is the last of it: what comes late is not read", async () => {
    const { port } = server.address() as { port: number };
    const socket = connect({ port, host: "127.0.0.1", allowHalfOpen: true });
    socket.on("error", () => undefined);
    socket.write(`${chunked("/slow")}5\r\nfirst\r\n`);
    const [answer] = (await once(socket, "data")) as [Buffer];
    expect(problemOfText(String(answer)).code).toBe("request_timeout");
    socket.end("4\r\nlate\r\n0\r\n\r\n");
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(received).toContain("first");
    expect(received).not.toContain("late");
  });

  it.each(["ERR_SSL_NO_SHARED_CIPHER", "ERR_TLS_HANDSHAKE_TIMEOUT", "ECONNRESET"])(
    "is none where there was no request: %s only ends the connection",
    (code) => {
      const socket = new PassThrough();
      server.emit("clientError", Object.assign(new Error("no request"), { code }), socket);
      expect(socket.destroyed).toBe(true);
      expect(socket.read()).toBeNull();
    },
  );
});
