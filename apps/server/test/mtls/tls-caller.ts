import { once } from "node:events";
import { Agent, request } from "node:https";
import { text } from "node:stream/consumers";
import { connect, type TLSSocket } from "node:tls";
import type { MadeCertificate } from "@aic-sos/testkit/make-certificate";
import type { IncomingMessage } from "node:http";

/** What came back over TLS. */
export interface TlsAnswer {
  readonly status: number;
  readonly headers: IncomingMessage["headers"];
  readonly body: unknown;
  /** The server's own certificate, by its SHA-256. */
  readonly serverFingerprint: string;
}

export interface TlsCaller {
  send(method: string, path: string, more?: TlsSent): Promise<TlsAnswer>;
  get(path: string, more?: TlsSent): Promise<TlsAnswer>;
  close(): void;
}

interface TlsSent {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: object;
  /** Sent instead, as OAuth wants it. */
  readonly form?: Readonly<Record<string, string>>;
}

/** Calls the port of client certificates with a certificate (and those above it), or without one. */
export function tlsCaller(
  port: number,
  own?: MadeCertificate,
  above: readonly MadeCertificate[] = [],
): TlsCaller {
  const agent = new Agent({
    keepAlive: true,
    // Tests ask what the server thinks of the caller; its own certificate is the test's.
    rejectUnauthorized: false,
    ...(own ? { key: own.keyPem, cert: [own, ...above].map(({ pem }) => pem).join("") } : {}),
  });
  const send: TlsCaller["send"] = async (method, path, { headers, body, form } = {}) => {
    const content = form ? new URLSearchParams(form).toString() : body && JSON.stringify(body);
    const type = form ? "application/x-www-form-urlencoded" : "application/json";
    const sent = request({
      host: "127.0.0.1",
      port,
      agent,
      method,
      path,
      headers: { ...(content ? { "content-type": type } : {}), ...headers },
    });
    sent.end(content);
    const [response] = (await once(sent, "response")) as [IncomingMessage];
    const socket = response.socket as TLSSocket;
    const serverFingerprint = socket.getPeerCertificate().fingerprint256;
    const answer = await text(response);
    return {
      status: response.statusCode ?? 0,
      headers: response.headers,
      body: answer.startsWith("{") || answer.startsWith("[") ? JSON.parse(answer) : answer,
      serverFingerprint,
    };
  };
  return { send, get: (path, more) => send("GET", path, more), close: () => agent.destroy() };
}

/** Asks who it is over one connection of its own, perhaps with the session of an earlier one. */
export async function askOnce(options: {
  readonly port: number;
  readonly own: MadeCertificate;
  readonly above: readonly MadeCertificate[];
  readonly version: "TLSv1.2" | "TLSv1.3";
  readonly session?: Buffer | undefined;
}) {
  const { port, own, above, version, session } = options;
  const socket = connect({
    host: "127.0.0.1",
    port,
    rejectUnauthorized: false,
    key: own.keyPem,
    cert: [own, ...above].map(({ pem }) => pem).join(""),
    minVersion: version,
    maxVersion: version,
    session,
  });
  let offered: Buffer | undefined;
  socket.on("session", (given: Buffer) => (offered = given));
  await once(socket, "secureConnect");
  const reused = socket.isSessionReused();
  socket.write("GET /api/me HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n");
  const answer = await text(socket);
  return {
    status: Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1]),
    reused,
    session: offered,
  };
}
