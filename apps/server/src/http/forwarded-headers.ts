import type { IncomingMessage } from "node:http";
import { TLSSocket } from "node:tls";
import {
  ALL_CERTIFICATE_HEADERS,
  type CertificateHeader,
} from "@aic-sos/auth/forwarded-certificate";
import type { Dependencies } from "../dependencies.ts";
import { type PeerList, peerList, plainAddress } from "../peer-list.ts";
import { forwardedFor } from "./forwarded-for.ts";
import { localsOf } from "./request-locals.ts";
import type { Step } from "./step.ts";

/** In which proxies say who called them, and how. */
const FORWARDED = [
  "forwarded",
  "x-forwarded-for",
  "x-forwarded-host",
  "x-forwarded-port",
  "x-forwarded-proto",
  "x-real-ip",
];

/** All that a caller could write to be taken for another one. */
const CLAIMS = [...FORWARDED, ...ALL_CERTIFICATE_HEADERS];

/**
 * Takes away, before anything reads them, the headers that only a proxy may set, where the other end of the connection
 * is no listed one, and keeps the caller's address. What remains of a `Forwarded` is read as `X-Forwarded-For`; where the two
 * name different callers, one of them was passed on as the caller sent it, and nobody knows which: then neither is believed.
 */
export const forwardedHeaders: Step = (next, deps) => {
  const believed = peerList(deps.config.listen.trustedProxies);
  const certificateHeader = certificateHeaderOf(deps);
  return (req, res) => {
    // The lists are asked only where there is something to believe: that costs more than everything else here.
    if (CLAIMS.some((name) => req.headers[name] !== undefined)) {
      if (!believed.has(req.socket.remoteAddress)) strip(req, FORWARDED);
      const header = certificateHeader(req);
      strip(
        req,
        ALL_CERTIFICATE_HEADERS.filter(
          (name) => name !== header && !(name === "client-cert-chain" && header === "client-cert"),
        ),
      );
      agree(req, believed);
    }
    localsOf(req).address = addressOf(req, believed);
    next(req, res);
  };
};

/** Has `X-Forwarded-For` say what `Forwarded` says, and neither where they differ. */
function agree(req: IncomingMessage, believed: PeerList): void {
  const { forwarded, "x-forwarded-for": listed } = req.headers;
  if (forwarded === undefined) return;
  const addresses = forwardedFor(forwarded);
  if (listed === undefined) {
    if (addresses !== undefined) req.headers["x-forwarded-for"] = addresses;
  } else if (callerIn(String(listed), believed) !== callerIn(addresses ?? "", believed)) {
    strip(req, ["forwarded", "x-forwarded-for"]);
  }
}

/** Of the connection, or what the listed proxies at its other end say. */
function addressOf(req: IncomingMessage, believed: PeerList): string | undefined {
  const listed = req.headers["x-forwarded-for"];
  const address = listed === undefined ? undefined : callerIn(String(listed), believed);
  return address ?? (req.socket.remoteAddress && plainAddress(req.socket.remoteAddress));
}

/** The last address in the list that is no listed proxy's. An empty place in it (RFC 9110 §5.6.1) is nobody's. */
function callerIn(addresses: string, proxies: PeerList): string | undefined {
  const named = addresses.split(",").map((address) => address.trim());
  const all = named.filter((address) => address !== "").map(plainAddress);
  return all.findLast((address) => !proxies.has(address)) ?? all[0];
}

/** In which header the proxy at the other end may hand a certificate on; none, where TLS itself brings one. */
export function certificateHeaderOf({ config }: Pick<Dependencies, "config">) {
  const proxies = (config.mtls?.proxies ?? []).map(({ peers, header }) => ({
    peers: peerList(peers),
    header,
  }));
  return ({ socket }: Pick<IncomingMessage, "socket">): CertificateHeader | undefined =>
    socket instanceof TLSSocket
      ? undefined
      : proxies.find(({ peers }) => peers.has(socket.remoteAddress))?.header;
}

/** Also from Node's other two views of the same headers. */
function strip(req: IncomingMessage, names: readonly string[]): void {
  const present = names.filter((name) => req.headers[name] !== undefined);
  if (present.length === 0) return;
  for (const name of present) {
    delete req.headers[name];
    delete req.headersDistinct[name];
  }
  const kept: string[] = [];
  for (let at = 0; at < req.rawHeaders.length; at += 2) {
    const [name = "", value = ""] = req.rawHeaders.slice(at, at + 2);
    if (!present.includes(name.toLowerCase())) kept.push(name, value);
  }
  req.rawHeaders.splice(0, req.rawHeaders.length, ...kept);
}
