import { createHash, createPublicKey, type JsonWebKey, randomBytes, verify } from "node:crypto";
import { CLIENT } from "./child.test-support.ts";

/** As much of a browser as a login needs: cookies per path, redirects by hand, one form. */
export class Browser {
  readonly #cookies = new Map<string, { value: string; path: string }>();

  async fetch(url: string, init: RequestInit = {}): Promise<Response> {
    const { pathname } = new URL(url);
    const cookie = [...this.#cookies]
      .filter(([, { path }]) => pathname.startsWith(path))
      .map(([key, { value }]) => `${key.split("@")[0]}=${value}`)
      .join("; ");
    const response = await fetch(url, {
      ...init,
      redirect: "manual",
      headers: { ...Object.fromEntries(new Headers(init.headers)), cookie },
    });
    for (const line of response.headers.getSetCookie()) this.#keep(line);
    return response;
  }

  /** Follows redirects as long as they stay at the same host. */
  async follow(response: Response, base: string): Promise<{ response: Response; url: string }> {
    let current = response;
    let url = base;
    while (current.status >= 300 && current.status < 400) {
      url = new URL(current.headers.get("location") ?? "", url).href;
      if (new URL(url).host !== new URL(base).host) break;
      current = await this.fetch(url);
    }
    return { response: current, url };
  }

  async submit(base: string, action: string, fields: Record<string, string>): Promise<Response> {
    return this.fetch(new URL(action, base).href, {
      method: "POST",
      body: new URLSearchParams(fields),
    });
  }

  #keep(line: string): void {
    const [pair = "", ...attributes] = line.split(/;\s*/);
    const at = pair.indexOf("=");
    const find = (name: string): string | undefined =>
      attributes.find((a) => a.toLowerCase().startsWith(`${name}=`))?.slice(name.length + 1);
    const path = find("path") ?? "/";
    const key = `${pair.slice(0, at)}@${path}`;
    const expires = find("expires");
    if (expires !== undefined && Date.parse(expires) < Date.now()) this.#cookies.delete(key);
    else this.#cookies.set(key, { value: pair.slice(at + 1), path });
  }
}

/** An authorization request as our server makes it; `change` replaces or (undefined) drops. */
export function authorizationRequest(
  issuer: string,
  change: Record<string, string | undefined> = {},
): { url: string; verifier: string } {
  const verifier = randomBytes(32).toString("base64url");
  const parameters: Record<string, string | undefined> = {
    client_id: CLIENT.clientId,
    redirect_uri: CLIENT.redirectUris[0],
    response_type: "code",
    scope: "openid email profile",
    state: "state-1",
    nonce: "nonce-1",
    code_challenge: createHash("sha256").update(verifier).digest("base64url"),
    code_challenge_method: "S256",
    ...change,
  };
  const url = new URL("/auth", issuer);
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined) url.searchParams.set(name, value);
  }
  return { url: url.href, verifier };
}

/** Goes to the login page; answers with the page and where its form leads. */
export async function openLogin(
  browser: Browser,
  url: string,
): Promise<{ page: string; action: string; response: Response }> {
  const { response } = await browser.follow(await browser.fetch(url), url);
  const page = await response.text();
  return { page, action: /<form method="post" action="([^"]+)"/.exec(page)?.[1] ?? "", response };
}

/** Logs in and answers with the parameters that the client's callback would get. */
export async function login(
  browser: Browser,
  url: string,
  person: { email: string; password: string },
): Promise<URLSearchParams> {
  const { action } = await openLogin(browser, url);
  const { email, password } = person;
  const sent = await browser.submit(url, action, { email, password });
  const end = await browser.follow(sent, url);
  return new URL(end.url).searchParams;
}

/** Trades a code for tokens. */
export async function exchange(
  issuer: string,
  code: string,
  verifier: string,
): Promise<{ status: number; body: Record<string, string> }> {
  const response = await fetch(new URL("/token", issuer), {
    method: "POST",
    body: new URLSearchParams({
      grant_type: "authorization_code",
      code,
      redirect_uri: CLIENT.redirectUris[0] ?? "",
      code_verifier: verifier,
      client_id: CLIENT.clientId,
      client_secret: CLIENT.clientSecret,
    }),
  });
  return { status: response.status, body: JSON.parse(await response.text()) };
}

/** The claims of a token whose signature fits a key that the issuer publishes; else throws. */
export async function verifiedClaims(
  issuer: string,
  token: string,
): Promise<Record<string, unknown>> {
  const [header = "", payload = "", signature = ""] = token.split(".");
  const decode = (part: string): Record<string, unknown> =>
    JSON.parse(Buffer.from(part, "base64url").toString("utf8"));
  const jwks: { keys: (JsonWebKey & { kid: string })[] } = JSON.parse(
    await (await fetch(new URL("/jwks", issuer))).text(),
  );
  const key = jwks.keys.find(({ kid }) => kid === decode(header).kid);
  if (key === undefined) throw new Error("signed by a key that is not published");
  const fits = verify(
    "sha256",
    Buffer.from(`${header}.${payload}`),
    createPublicKey({ key, format: "jwk" }),
    Buffer.from(signature, "base64url"),
  );
  if (!fits) throw new Error("wrong signature");
  return decode(payload);
}
