import { once } from "node:events";
import { type AddressInfo, connect, type Socket } from "node:net";
import express, { type Response } from "express";
import { expect, it } from "vitest";
import { sendLines } from "./send-lines.ts";

/** Sends lines for as long as they are taken, to a caller who looks at none until they want to. */
async function sendTo(caller: (socket: Socket) => void, lines: number) {
  const said: { listeners: number; made: number } = { listeners: 0, made: 0 };
  const ended = Promise.withResolvers<void>();
  async function* made(res: Response): AsyncGenerator<string> {
    try {
      for (; said.made < lines; said.made += 1) {
        said.listeners = Math.max(said.listeners, res.listenerCount("close"));
        yield "x".repeat(4_096);
      }
    } finally {
      ended.resolve();
    }
  }
  const app = express();
  app.get("/", async (_req, res: Response) => {
    await sendLines(res, "text/plain", made(res), 300);
  });
  const server = app.listen(0, "127.0.0.1");
  await once(server, "listening");
  const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
  socket.on("error", () => undefined);
  socket.write("GET / HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n");
  caller(socket);
  await ended.promise;
  socket.destroy();
  server.closeAllConnections();
  server.close();
  return said;
}

it("lines that nobody takes are not waited with for ever", async () => {
  const { made } = await sendTo((socket) => socket.pause(), 1_000_000);
  expect(made).toBeLessThan(1_000_000);
});

it("a long answer to a slow caller leaves no listener behind with each chunk", async () => {
  const { listeners, made } = await sendTo((socket) => socket.resume(), 20_000);
  expect([made, listeners < 5]).toEqual([20_000, true]);
});
