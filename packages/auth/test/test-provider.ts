/**
 * An identity provider as a real HTTP server: right by default, wrong in exactly the ways a test asks for.
 */
import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from "jose";

export type Json = Record<string, unknown>;
export type Answer = (response: ServerResponse) => void;

/** What to get wrong. Each replaces one right answer. */
export interface Wrongs {
  metadata?: (right: Json) => Json;
  claims?: (right: JWTPayload) => JWTPayload;
  sign?: (claims: JWTPayload, keys: Keys) => Promise<string>;
  tokenAnswer?: (right: Json) => Json;
  callback?: (parameters: URLSearchParams) => void;
  userinfo?: Json;
  discovery?: Answer;
  token?: Answer;
  jwks?: Answer;
}

export type Keys = Awaited<ReturnType<typeof makeKeys>>;

export async function makeKeys() {
  const { privateKey, publicKey } = await generateKeyPair("RS256", { extractable: true });
  return {
    privateKey,
    publicKey,
    jwk: { ...(await exportJWK(publicKey)), kid: "one", alg: "RS256" },
  };
}

export const CLIENT_ID = "console";
export const CLIENT_SECRET = "a client secret";
/** RFC 6749 §2.3.1: each half form-encoded first. */
const BASIC = `Basic ${btoa(`${CLIENT_ID}:${CLIENT_SECRET.replaceAll(" ", "+")}`)}`;
export const REDIRECT_URI = "http://localhost:4000/auth/callback";

export type TestProvider = Awaited<ReturnType<typeof startProvider>>;

export async function startProvider(keys: Keys, wrongs: Wrongs = {}) {
  const codes = new Map<string, { nonce: string; challenge: string }>();
  const paths: string[] = [];
  const clientAuth: string[] = [];
  const server = createServer((request, response) => {
    const path = (request.url ?? "").split("?")[0] ?? "";
    paths.push(path);
    route(path, request, response).catch((failure: unknown) => {
      sendJson(response, 400, { error: "invalid_request", error_description: String(failure) });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  async function route(path: string, request: IncomingMessage, response: ServerResponse) {
    if (path === "/.well-known/openid-configuration") {
      if (wrongs.discovery) return wrongs.discovery(response);
      return sendJson(response, 200, metadataOf(issuer, wrongs));
    }
    if (path === "/jwks") {
      return wrongs.jwks ? wrongs.jwks(response) : sendJson(response, 200, { keys: [keys.jwk] });
    }
    if (path === "/token") {
      if (wrongs.token) return wrongs.token(response);
      return sendJson(response, 200, await tokenAnswer(request));
    }
    return sendJson(response, 200, wrongs.userinfo ?? {});
  }

  async function tokenAnswer(request: IncomingMessage): Promise<Json> {
    let body = "";
    for await (const chunk of request) body += String(chunk);
    const form = new URLSearchParams(body);
    const login = codes.get(form.get("code") ?? "");
    const verifier = form.get("code_verifier") ?? "";
    const challenge = createHash("sha256").update(verifier).digest("base64url");
    if (login === undefined || challenge !== login.challenge) throw new Error("PKCE");
    if (form.get("redirect_uri") !== REDIRECT_URI) throw new Error("redirect_uri");
    const inBody = form.get("client_secret") === CLIENT_SECRET;
    if (!inBody && request.headers.authorization !== BASIC) throw new Error("client");
    clientAuth.push(inBody ? "body" : "Basic");
    const claims = rightClaims(issuer, login.nonce);
    const idToken = await (wrongs.sign ?? sign)(wrongs.claims?.(claims) ?? claims, keys);
    const right = { access_token: "access", token_type: "Bearer", id_token: idToken };
    return wrongs.tokenAnswer?.(right) ?? right;
  }

  return {
    issuer,
    paths,
    /** How the client's secret came, at each call. */
    clientAuth,
    settings: { issuer, clientId: CLIENT_ID, clientSecret: CLIENT_SECRET, allowInsecure: true },
    /** Does what the browser and the person do: opens the login page, agrees, and comes back. */
    visit(loginUrl: string): string {
      const asked = new URL(loginUrl).searchParams;
      if (asked.get("code_challenge_method") !== "S256") throw new Error("no S256");
      const code = `code-${codes.size}`;
      codes.set(code, {
        nonce: asked.get("nonce") ?? "",
        challenge: asked.get("code_challenge") ?? "",
      });
      const back = new URLSearchParams({ code, state: asked.get("state") ?? "", iss: issuer });
      wrongs.callback?.(back);
      return `/auth/callback?${back.toString()}`;
    },
    close: (): Promise<void> => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function metadataOf(issuer: string, wrongs: Wrongs): Json {
  const right = {
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/jwks`,
    userinfo_endpoint: `${issuer}/userinfo`,
    end_session_endpoint: `${issuer}/logout`,
    id_token_signing_alg_values_supported: ["RS256"],
    code_challenge_methods_supported: ["S256"],
    authorization_response_iss_parameter_supported: true,
  };
  return wrongs.metadata?.(right) ?? right;
}

function rightClaims(issuer: string, nonce: string): JWTPayload {
  const now = Math.floor(Date.now() / 1000);
  return {
    iss: issuer,
    sub: "person-1",
    aud: CLIENT_ID,
    nonce,
    iat: now,
    exp: now + 300,
    email: "Ada@Acme.example",
    email_verified: true,
    name: "Ada",
    groups: ["admins"],
    sid: "their-session",
  };
}

export function sign(claims: JWTPayload, keys: Keys, header: Json = {}): Promise<string> {
  return new SignJWT(claims)
    .setProtectedHeader({ alg: "RS256", kid: "one", ...header })
    .sign(keys.privateKey);
}

/** A token that nobody signed. */
export function unsigned(header: Json, claims: JWTPayload, signature = ""): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  return `${part(header)}.${part(claims)}.${signature}`;
}

export function sendJson(response: ServerResponse, status: number, body: Json): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}
