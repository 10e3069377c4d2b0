import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { startDnsServer } from "./dns-server.ts";

interface Served {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly body: unknown;
}

/** What a server reaches out to: a DNS of the test's own, and OpenID providers that have metadata and no more. */
export interface Outside {
  /** As `outbound.dnsServers` takes it. */
  readonly dns: string;
  /** TXT records by name. */
  readonly txt: Map<string, readonly string[]>;
  /** Every address below it is a provider's issuer. */
  readonly issuer: string;
  /** What the providers answer; a test may spoil it. */
  answer: (issuer: string) => Served;
  stop(): void;
}

/** Right metadata of an issuer. */
export function metadataOf(issuer: string): Record<string, unknown> {
  return {
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/jwks`,
    id_token_signing_alg_values_supported: ["RS256"],
    code_challenge_methods_supported: ["S256"],
  };
}

export async function startOutside(): Promise<Outside> {
  const txt = new Map<string, readonly string[]>();
  const dns = await startDnsServer(({ name, type }) => {
    if (name === "localhost") return type === "A" ? ["127.0.0.1"] : [];
    return type === "TXT" ? txt.get(name) : undefined;
  });
  const server = createServer((request, response) => {
    const issuer = `${outside.issuer}${(request.url ?? "").split("/.well-known/")[0]}`;
    const { status = 200, headers = {}, body } = outside.answer(issuer);
    response.writeHead(status, { "content-type": "application/json", ...headers });
    response.end(JSON.stringify(body));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const outside: Outside = {
    dns: dns.address,
    txt,
    issuer: `http://localhost:${(server.address() as AddressInfo).port}`,
    answer: (issuer) => ({ body: metadataOf(issuer) }),
    stop: () => {
      dns.close();
      server.close();
      server.closeAllConnections();
    },
  };
  return outside;
}
