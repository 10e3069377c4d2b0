import { createHash, generateKeyPairSync, type KeyObject, sign as signBytes } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export type Json = Record<string, unknown>;
export type Answer = (response: ServerResponse) => void;

/** What to get wrong. Each replaces one right answer. */
export interface Wrongs {
  metadata?: (right: Json) => Json;
  claims?: (right: Json) => Json;
  /** The ID token of these claims. */
  token?: (claims: Json) => string;
  tokenAnswer?: (right: Json) => Json;
  /** What the browser brings back. */
  callback?: (parameters: URLSearchParams) => void;
  userinfo?: Json;
  discovery?: Answer;
  tokenEndpoint?: Answer;
  jwks?: Answer;
}

/** One provider of many: each has an issuer of its own, so that nothing is remembered of another. */
export interface HostileProvider {
  readonly issuer: string;
  readonly clientId: string;
  /** Paths below the issuer that were asked for. */
  readonly asked: readonly string[];
  wrongs: Wrongs;
}

export interface SigningKey {
  readonly privateKey: KeyObject;
  readonly jwk: Json;
}

export function makeSigningKey(): SigningKey {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  return { privateKey, jwk: { ...publicKey.export({ format: "jwk" }), kid: "one", alg: "RS256" } };
}

const CLIENT_ID = "aic-sos";
export const KEY = makeSigningKey();
export const seconds = () => Math.floor(Date.now() / 1000);

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");

/** A JWS in compact form (RFC 7515), RS256 unless `header` says something else: then only its header lies. */
export function signed(claims: Json, header: Json = {}, { privateKey }: SigningKey = KEY): string {
  const text = `${part({ alg: "RS256", kid: "one", ...header })}.${part(claims)}`;
  return `${text}.${signBytes("RSA-SHA256", Buffer.from(text), privateKey).toString("base64url")}`;
}

/** A token that nobody signed. */
export function unsigned(claims: Json, header: Json, signature = ""): string {
  return `${part(header)}.${part(claims)}.${signature}`;
}

export interface HostileProviders {
  /** Of all of them, for the server's list of hosts that it may reach. */
  readonly host: string;
  make(wrongs?: Wrongs): HostileProvider;
  stop(): Promise<void>;
}

interface Login {
  readonly nonce: string;
  readonly challenge: string;
}

/** A real HTTP server with as many identity providers as a test asks for: right by default, wrong as told. */
export async function startHostileProviders(): Promise<HostileProviders> {
  const providers = new Map<string, HostileProvider & { asked: string[] }>();
  const codes = new Map<string, Login>();
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://localhost");
    const [, name = "", path = ""] = /^\/([^/]+)(\/.*)$/.exec(url.pathname) ?? [];
    const provider = providers.get(name);
    if (!provider) return sendJson(response, 404, {});
    provider.asked.push(path);
    answer(provider, codes, { request, response, url, path }).catch((failure: unknown) =>
      sendJson(response, 400, { error: "invalid_request", error_description: String(failure) }),
    );
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const host = `localhost:${(server.address() as AddressInfo).port}`;
  return {
    host,
    make: (wrongs = {}) => {
      const name = `p${providers.size + 1}`;
      const provider = {
        issuer: `http://${host}/${name}`,
        clientId: CLIENT_ID,
        asked: [],
        wrongs,
      };
      providers.set(name, provider);
      return provider;
    },
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly url: URL;
  readonly path: string;
}

async function answer(
  { issuer, wrongs }: HostileProvider,
  codes: Map<string, Login>,
  { request, response, url, path }: Exchange,
): Promise<void> {
  switch (path) {
    case "/.well-known/openid-configuration":
      if (wrongs.discovery) return wrongs.discovery(response);
      return sendJson(response, 200, (wrongs.metadata ?? same)(metadataOf(issuer)));
    case "/jwks":
      return wrongs.jwks ? wrongs.jwks(response) : sendJson(response, 200, { keys: [KEY.jwk] });
    case "/authorize": {
      const asked = url.searchParams;
      const code = `code-${codes.size}`;
      codes.set(code, {
        nonce: asked.get("nonce") ?? "",
        challenge: asked.get("code_challenge") ?? "",
      });
      const back = new URLSearchParams({ code, state: asked.get("state") ?? "", iss: issuer });
      wrongs.callback?.(back);
      const location = `${asked.get("redirect_uri")}?${back.toString()}`;
      response.writeHead(302, { location }).end();
      return;
    }
    case "/token":
      if (wrongs.tokenEndpoint) return wrongs.tokenEndpoint(response);
      return sendJson(response, 200, await tokenAnswer(issuer, wrongs, { codes, request }));
    default:
      return sendJson(response, 200, wrongs.userinfo ?? {});
  }
}

async function tokenAnswer(
  issuer: string,
  wrongs: Wrongs,
  { codes, request }: { codes: Map<string, Login>; request: IncomingMessage },
): Promise<Json> {
  let body = "";
  for await (const chunk of request) body += String(chunk);
  const form = new URLSearchParams(body);
  const login = codes.get(form.get("code") ?? "");
  const verifier = createHash("sha256").update(form.get("code_verifier") ?? "");
  if (login === undefined || login.challenge !== verifier.digest("base64url")) {
    throw new Error("PKCE");
  }
  const claims = (wrongs.claims ?? same)(rightClaims(issuer, login.nonce));
  const idToken = (wrongs.token ?? signed)(claims);
  return (wrongs.tokenAnswer ?? same)({
    access_token: "access",
    token_type: "Bearer",
    id_token: idToken,
  });
}

const same = (right: Json): Json => right;

function metadataOf(issuer: string): Json {
  return {
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/jwks`,
    userinfo_endpoint: `${issuer}/userinfo`,
    id_token_signing_alg_values_supported: ["RS256"],
    code_challenge_methods_supported: ["S256"],
    authorization_response_iss_parameter_supported: true,
  };
}

function rightClaims(issuer: string, nonce: string): Json {
  const now = seconds();
  return {
    iss: issuer,
    sub: "person-1",
    aud: CLIENT_ID,
    nonce,
    iat: now,
    exp: now + 300,
    email: "ada@acme.example",
    email_verified: true,
    name: "Ada",
    groups: ["admins"],
    sid: "their-session",
  };
}

export function sendJson(response: ServerResponse, status: number, body: Json): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}
