import type { IncomingMessage } from "node:http";

/** A header by its lower-case name; of one that may come several times the first. */
export function headerOf({ headers }: IncomingMessage, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
}
