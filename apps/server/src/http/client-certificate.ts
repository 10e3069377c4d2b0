import type { IncomingMessage } from "node:http";
import { TLSSocket } from "node:tls";
import { readClientCertificate } from "@aic-sos/auth/client-certificate";
import { type CertificateHeader, readForwardedChain } from "@aic-sos/auth/forwarded-certificate";
import type { Dependencies } from "../dependencies.ts";
import type { PresentedCertificate } from "../presented-credential.ts";
import { certificateHeaderOf } from "./forwarded-headers.ts";
import { localsOf } from "./request-locals.ts";
import type { Step } from "./step.ts";

/** Intermediates that are looked at, and one more: enough to refuse those that send too many. */
const LONGEST_CHAIN = 6;

/** Reads the certificate that came with the request's connection, or by a listed proxy. Nothing of it is trusted yet. */
export const clientCertificate: Step = (next, deps) => {
  const domain = deps.config.mtls?.trustDomain;
  if (domain === undefined) return next;
  // A connection keeps its certificate: TLS is not negotiated anew.
  const read = new WeakMap<TLSSocket, PresentedCertificate | undefined>();
  const certificateHeader = certificateHeaderOf(deps);
  return (req, res) => {
    const { socket } = req;
    if (!(socket instanceof TLSSocket)) {
      const header = certificateHeader(req);
      if (header) localsOf(req).certificate = forwarded(req, header, deps);
      return next(req, res);
    }
    if (!read.has(socket)) read.set(socket, presented(chainOf(socket), domain, deps));
    localsOf(req).certificate = read.get(socket);
    next(req, res);
  };
};

/** True on the port of client certificates. */
export function cameOverTls(req: IncomingMessage): boolean {
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
  req: IncomingMessage,
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
