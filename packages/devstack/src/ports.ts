import { DevstackError } from "./devstack-error.ts";
import { freePort, portProblem } from "./free-port.ts";

/** Where the parts listen, all on 127.0.0.1. */
export interface DevPorts {
  readonly server: number;
  /** Always the server's port + 1: it is part of the issuer, and so of who people are. */
  readonly identity: number;
  readonly providers: number;
  readonly postgres: number;
}

const HIGHEST = 65_535;

/**
 * Picks the ports that follow the server's. The database and the provider stand-in move out of the
 * way of others, the server and the identity provider cannot.
 * @param port the server's; 0 takes any that is free
 * @throws {DevstackError} when the server's or the identity provider's port is taken
 */
export async function choosePorts(port: number): Promise<DevPorts> {
  const server = port === 0 ? await freePort(1) : port;
  const identity = server + 1;
  if (identity > HIGHEST) throw new DevstackError(`PORT is ${port}: take one below ${HIGHEST}.`);
  await claim(server, "The server");
  await claim(identity, "The development identity provider");
  return {
    server,
    identity,
    providers: await free(server + 2),
    postgres: await free(server + 3),
  };
}

async function claim(port: number, who: string): Promise<void> {
  const problem = await portProblem(port);
  if (problem === undefined) return;
  const reason =
    problem === "EADDRINUSE" ? "which another program uses" : `which cannot be opened (${problem})`;
  throw new DevstackError(
    `${who} wants port ${port}, ${reason}. Stop that program, or choose another port: PORT=4100 for example.`,
  );
}

/** `wanted` when it is free, else any free port. */
async function free(wanted: number): Promise<number> {
  return wanted <= HIGHEST && (await portProblem(wanted)) === undefined ? wanted : freePort();
}
