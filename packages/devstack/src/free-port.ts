import { randomInt } from "node:crypto";
import { createServer } from "node:net";
import { DevstackError } from "./devstack-error.ts";

// Below the ports that systems hand to outgoing connections (from 32768 on Linux, from 49152 by
// RFC 6335 §6): there, a port found free may be a connection's own by the time somebody listens.
const LOWEST = 20_000;
const BELOW = 32_000;
const ATTEMPTS = 50;

/**
 * A port of 127.0.0.1 that is free now, with the `neighbours` that follow it.
 * @throws {DevstackError} when none was found in 50 attempts
 */
export async function freePort(neighbours = 0): Promise<number> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const first = randomInt(LOWEST, BELOW);
    const ports = Array.from({ length: neighbours + 1 }, (_, place) => first + place);
    const problems = await Promise.all(ports.map(portProblem));
    if (problems.every((problem) => problem === undefined)) return first;
  }
  throw new DevstackError(`No free port was found between ${LOWEST} and ${BELOW}.`);
}

/** Why `port` of 127.0.0.1 can't be listened on, as the system's code (`EADDRINUSE`). */
export function portProblem(port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? "unknown"));
    probe.listen({ port, host: "127.0.0.1", exclusive: true }, () => {
      probe.close(() => resolve(undefined));
    });
  });
}
