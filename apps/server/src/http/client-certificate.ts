import { TLSSocket } from "node:tls";
import { readClientCertificate } from "@aic-sos/auth/client-certificate";
import { type CertificateHeader, readForwardedChain } from "@aic-sos/auth/forwarded-certificate";
import type { Express, Request } from "express";
import type { Dependencies } from "../dependencies.ts";
import type { PresentedCertificate } from "../presented-credential.ts";
import { certificateHeaderOf } from "./forwarded-headers.ts";
import { localsOf } from "./request-locals.ts";

/** Intermediates that are looked at, and one more: enough to refuse those that send too many. */
const LONGEST_CHAIN = 6;

/** Reads the certificate that came with the request's connection, or by a listed proxy. Nothing of it is trusted yet. */
export function clientCertificate(app: Express, deps: Dependencies): void {
  const domain = deps.config.mtls?.trustDomain;
  if (domain === undefined) return;
  // A connection keeps its certificate: TLS is not negotiated anew.
  const read = new WeakMap<TLSSocket, PresentedCertificate | undefined>();
  const headerOf = certificateHeaderOf(deps);
  app.use((req, _res, next) => {
    const { socket } = req;
    if (!(socket instanceof TLSSocket)) {
      const header = headerOf(req);
      if (header) localsOf(req).certificate = forwarded(req, header, deps);
      return next();
    }
    if (!read.has(socket)) read.set(socket, presented(chainOf(socket), domain, deps));
    localsOf(req).certificate = read.get(socket);
    next();
  });
}

/** True on the port of client certificates. */
export function cameOverTls(req: Request): boolean {
  return req.socket instanceof TLSSocket;
}

function chainOf(socket: TLSSocket): readonly Buffer[] {
  const chain: Buffer[] = [];
  for (
    let certificate = socket.getPeerX509Certificate();
    certificate && chain.length < LONGEST_CHAIN;
    certificate = certificate.issuerCertificate
  ) {
    chain.push(certificate.raw);
  }
  return chain;
}

/** What a listed proxy hands on. */
function forwarded(
  req: Request,
  header: CertificateHeader,
  deps: Dependencies,
): PresentedCertificate | undefined {
  const read = readForwardedChain(req.headersDistinct, header);
  if (read.kind === "none") return undefined;
  const domain = deps.config.mtls?.trustDomain ?? "";
  return presented(read.kind === "chain" ? read.chain : [Buffer.alloc(0)], domain, deps);
}

function presented(
  chain: readonly Buffer[],
  domain: string,
  { log }: Dependencies,
): PresentedCertificate | undefined {
  if (chain.length === 0) return undefined;
  const result = readClientCertificate(chain, domain);
  if (result.ok) return result.credential;
  log.info({ fault: result.fault }, "client certificate refused");
  return { kind: "malformed" };
}
