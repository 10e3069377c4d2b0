import { createServer } from "node:net";
import { DevstackError } from "./devstack-error.ts";

/** Where the parts listen, all on 127.0.0.1. */
export interface DevPorts {
  readonly server: number;
  /** Always the server's port + 1: it is part of the issuer, and so of who people are. */
  readonly identity: number;
  readonly providers: number;
  readonly postgres: number;
}

const HIGHEST = 65_535;
const ATTEMPTS = 50;

/**
 * Picks the ports that follow the server's. The database and the provider stand-in move out of the
 * way of others, the server and the identity provider cannot.
 * @param port the server's; 0 takes any that is free
 * @throws {DevstackError} when the server's or the identity provider's port is taken
 */
export async function choosePorts(port: number): Promise<DevPorts> {
  const server = port === 0 ? await freePair() : port;
  const identity = server + 1;
  if (identity > HIGHEST) throw new DevstackError(`PORT is ${port}: take one below ${HIGHEST}.`);
  await claim(server, "The server");
  await claim(identity, "The development identity provider");
  return {
    server,
    identity,
    providers: await freePort(server + 2),
    postgres: await freePort(server + 3),
  };
}

async function claim(port: number, who: string): Promise<void> {
  const problem = await problemWith(port);
  if (problem === undefined) return;
  const reason =
    problem === "EADDRINUSE" ? "which another program uses" : `which cannot be opened (${problem})`;
  throw new DevstackError(
    `${who} wants port ${port}, ${reason}. Stop that program, or choose another port: PORT=4100 for example.`,
  );
}

/** `wanted` when it is free, else any free port. */
async function freePort(wanted: number): Promise<number> {
  return wanted <= HIGHEST && (await problemWith(wanted)) === undefined ? wanted : listenOnce(0);
}

async function freePair(): Promise<number> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const port = await listenOnce(0);
    if (port < HIGHEST && (await problemWith(port + 1)) === undefined) return port;
  }
  throw new DevstackError("No two neighbouring free ports were found. Name one in PORT.");
}

async function problemWith(port: number): Promise<string | undefined> {
  try {
    await listenOnce(port);
    return undefined;
  } catch (error) {
    return error instanceof Error && "code" in error ? String(error.code) : "unknown";
  }
}

function listenOnce(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen({ port, host: "127.0.0.1", exclusive: true }, () => {
      const address = probe.address();
      const found = typeof address === "object" && address !== null ? address.port : 0;
      probe.close(() => resolve(found));
    });
  });
}
