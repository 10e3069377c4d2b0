import { createHmac } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A message that came in, with what its signature is checked by. */
export interface Received {
  readonly id: string;
  readonly timestamp: string;
  readonly signature: string;
  readonly body: string;
  readonly type: string;
  readonly data: Readonly<Record<string, string | null>>;
}

export type Answer = (message: Received, response: ServerResponse) => void;

/** A real HTTP server on loopback that takes webhooks. */
export interface Receiver {
  readonly url: string;
  readonly host: string;
  readonly received: Received[];
  /** How it answers from now on; 204 until told. */
  answer(answer: Answer): void;
  stop(): void;
}

export const accept: Answer = (_, response) => void response.writeHead(204).end();

export async function startReceiver(): Promise<Receiver> {
  let answer = accept;
  const received: Received[] = [];
  const server = createServer((request, response) => {
    void read(request).then((message) => {
      received.push(message);
      answer(message, response);
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: `http://${host}/hook`,
    host,
    received,
    answer: (next) => {
      answer = next;
    },
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function read(request: IncomingMessage): Promise<Received> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  const body = Buffer.concat(chunks).toString("utf8");
  const header = (name: string) => String(request.headers[name] ?? "");
  const { type, data } = JSON.parse(body) as Pick<Received, "type" | "data">;
  return {
    id: header("webhook-id"),
    timestamp: header("webhook-timestamp"),
    signature: header("webhook-signature"),
    body,
    type,
    data,
  };
}

/** Verifies as the specification says, by code that the server does not share. */
export function isSignedBy(secret: string, message: Received): boolean {
  const key = Buffer.from(secret.replace("whsec_", ""), "base64");
  const text = [message.id, message.timestamp, message.body].join(".");
  const expected = createHmac("sha256", key).update(text, "utf8").digest("base64");
  const fresh = Math.abs(Date.now() / 1000 - Number(message.timestamp)) < 300;
  return fresh && message.signature.split(" ").includes(`v1,${expected}`);
}
