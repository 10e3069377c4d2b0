import { createPrivateKey, hash, X509Certificate } from "node:crypto";
import { readFile } from "node:fs/promises";

/** A server's certificate, with its chain, and its key, as PEM. */
export interface CertificatePair {
  readonly cert: string;
  readonly key: string;
  /** Changes with either. */
  readonly digest: string;
}

export interface CertificateFiles {
  readonly certificateFile: string;
  readonly keyFile: string;
}

/** The server's own certificate cannot be used. The message says what to mend, and holds nothing of the files. */
export class CertificateUnusable extends Error {
  override readonly name = "CertificateUnusable";
}

/** Reads both files as they are. @throws CertificateUnusable */
export async function readCertificateFiles(files: CertificateFiles): Promise<CertificatePair> {
  const [cert, key] = await Promise.all([read(files.certificateFile), read(files.keyFile)]);
  return { cert, key, digest: hash("sha256", `${cert}\0${key}`, "base64url") };
}

async function read(path: string): Promise<string> {
  return readFile(path, "utf8").catch((error: unknown) => {
    throw new CertificateUnusable(`${path} cannot be read`, { cause: error });
  });
}

/** @param now Unix milliseconds @throws CertificateUnusable where they do not belong together, or it has expired */
export function checkCertificatePair({ cert, key }: CertificatePair, now: number): void {
  const { certificate, privateKey } = parsed(cert, key);
  if (!certificate.checkPrivateKey(privateKey)) {
    throw new CertificateUnusable("mtls.keyFile does not hold the key of mtls.certificateFile");
  }
  if (certificate.validToDate.getTime() <= now) {
    throw new CertificateUnusable("the certificate in mtls.certificateFile has expired");
  }
}

function parsed(cert: string, key: string) {
  try {
    return { certificate: new X509Certificate(cert), privateKey: createPrivateKey(key) };
  } catch (error) {
    throw new CertificateUnusable(
      "mtls.certificateFile or mtls.keyFile is not PEM, or the key has a passphrase",
      { cause: error },
    );
  }
}
