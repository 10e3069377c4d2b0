import { constants } from "node:crypto";
import { createServer, type Server } from "node:https";
import type { RequestListener } from "node:http";
import type { SecureContextOptions } from "node:tls";
import {
  type CertificateFiles,
  type CertificatePair,
  CertificateUnusable,
  checkCertificatePair,
  readCertificateFiles,
} from "./certificate-files.ts";
import type { Dependencies } from "./dependencies.ts";

/** How long a handshake may take, in milliseconds. */
const HANDSHAKE_MS = 10_000;

export interface MtlsServer {
  readonly server: Server;
  /** Takes the files' content where it has changed. What cannot be used is logged once; the old goes on. */
  reload(): Promise<void>;
}

/**
 * A server that asks everybody for a certificate and takes one of any CA: which CA counts depends on the tenant that the
 * certificate names, so `verifyChain` decides that, and `requireCertificate` lets nobody further without it.
 * @throws CertificateUnusable
 */
export async function createMtlsServer(
  files: CertificateFiles,
  listener: RequestListener,
  deps: Pick<Dependencies, "log" | "now">,
): Promise<MtlsServer> {
  const first = await readCertificateFiles(files);
  checkCertificatePair(first, deps.now());
  let tried = first.digest;
  const server = createServer(
    {
      ...contextOf(first),
      requestCert: true,
      rejectUnauthorized: false,
      handshakeTimeout: HANDSHAKE_MS,
      // `hostHeader` asks for it, and answers with a problem.
      requireHostHeader: false,
    },
    listener,
  );
  const take = async (): Promise<void> => {
    const pair = await readCertificateFiles(files);
    if (pair.digest === tried) return;
    tried = pair.digest;
    checkCertificatePair(pair, deps.now());
    server.setSecureContext(contextOf(pair));
    deps.log.info({}, "server certificate reloaded");
  };
  return {
    server,
    reload: () =>
      take().catch((error: unknown) =>
        deps.log.error(
          { err: error, why: error instanceof CertificateUnusable ? error.message : "unknown" },
          "server certificate not reloaded; the old one goes on",
        ),
      ),
  };
}

/**
 * No tickets: a resumed session brings the certificate without its chain. No renegotiation: a connection would come by
 * another certificate half-way.
 */
function contextOf({ cert, key }: CertificatePair): SecureContextOptions {
  const { SSL_OP_NO_TICKET, SSL_OP_NO_RENEGOTIATION } = constants;
  return {
    cert,
    key,
    minVersion: "TLSv1.2",
    secureOptions: SSL_OP_NO_TICKET | SSL_OP_NO_RENEGOTIATION,
  };
}
