import { createServer, type Server } from "node:net";
import { afterEach, expect, it } from "vitest";
import { choosePorts } from "./ports.ts";

const open: Server[] = [];

afterEach(async () => {
  for (const server of open.splice(0)) await new Promise((done) => server.close(done));
});

function occupy(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    open.push(server);
    server.listen(port, "127.0.0.1", () => resolve());
  });
}

it("puts the identity provider right behind the server", async () => {
  const ports = await choosePorts(0);
  expect(ports.identity).toBe(ports.server + 1);
  expect(new Set(Object.values(ports)).size).toBe(4);
});

it("finds free ports below those of outgoing connections", async () => {
  const found = await Promise.all(Array.from({ length: 20 }, () => choosePorts(0)));
  for (const { server } of found) expect(server).toBeLessThan(32_000);
  expect(new Set(found.map(({ server }) => server)).size).toBeGreaterThan(1);
});

it("says which port is taken, by which part, and what to do", async () => {
  const { server } = await choosePorts(0);
  await occupy(server);
  await expect(choosePorts(server)).rejects.toThrow(
    new RegExp(`The server wants port ${server}, which another program uses.*PORT=`),
  );
});

it("does not move the identity provider silently, since that would change who people are", async () => {
  const { server, identity } = await choosePorts(0);
  await occupy(identity);
  await expect(choosePorts(server)).rejects.toThrow(`identity provider wants port ${identity}`);
});

it("moves the database and the stand-in when their ports are taken", async () => {
  const before = await choosePorts(0);
  await occupy(before.server + 3);
  const after = await choosePorts(before.server);
  expect(after.postgres).not.toBe(before.server + 3);
});

it("refuses a port that leaves no room for the identity provider", async () => {
  await expect(choosePorts(65_535)).rejects.toThrow("take one below 65535");
});
