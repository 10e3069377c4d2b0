import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Page } from "@playwright/test";
import { z } from "zod";
import { expectSame, expectThat } from "./unmet.ts";

const CLIENT = "aic-sos-cli";
const PATIENCE_MS = 20_000;

const Tokens = z.object({
  access_token: z.string(),
  refresh_token: z.string(),
  token_type: z.literal("Bearer"),
  expires_in: z.literal(900),
});
export type Tokens = z.infer<typeof Tokens>;

/**
 * Signs in as a native app does (RFC 8252): listens on a loopback port, sends the browser to `/auth/authorize`, where the
 * person says yes, and fetches tokens for the code that comes back.
 */
export async function signInNatively(url: string, page: Page): Promise<Tokens> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  try {
    const { port } = server.address() as AddressInfo;
    const redirectUri = `http://127.0.0.1:${port}/callback`;
    const [verifier, state] = [randomText(), randomText()];
    const arrived = callbackAt(server);
    // Whoever awaits it sees its failure; without this line one before that would end the process.
    arrived.catch(() => undefined);
    await page.goto(authorizeAddress(url, { redirectUri, verifier, state }));
    await page.getByRole("button", { name: /^Let .* in$/ }).click();
    const answer = await arrived;
    expectSame("the state that comes back", state, answer.get("state"));
    expectSame("the issuer that comes back", url, answer.get("iss"));
    return await fetchTokens(url, {
      grant_type: "authorization_code",
      client_id: CLIENT,
      redirect_uri: redirectUri,
      code: answer.get("code") ?? "",
      code_verifier: verifier,
    });
  } finally {
    server.close();
    server.closeAllConnections();
  }
}

/** New tokens for a refresh token. */
export function refreshNatively(url: string, { refresh_token }: Tokens): Promise<Tokens> {
  return fetchTokens(url, { grant_type: "refresh_token", client_id: CLIENT, refresh_token });
}

function authorizeAddress(
  url: string,
  { redirectUri, verifier, state }: { redirectUri: string; verifier: string; state: string },
): string {
  const query = new URLSearchParams({
    response_type: "code",
    client_id: CLIENT,
    redirect_uri: redirectUri,
    code_challenge: createHash("sha256").update(verifier).digest("base64url"),
    code_challenge_method: "S256",
    state,
  });
  return new URL(`/auth/authorize?${query.toString()}`, url).href;
}

/** The query of the browser's way back. */
function callbackAt(server: ReturnType<typeof createServer>): Promise<URLSearchParams> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error("the browser did not come back")), PATIENCE_MS);
    server.on("request", (req, res) => {
      res.end("You may close this page.");
      const at = new URL(req.url ?? "/", "http://127.0.0.1");
      if (at.pathname !== "/callback") return;
      clearTimeout(timer);
      resolve(at.searchParams);
    });
  });
}

async function fetchTokens(url: string, form: Readonly<Record<string, string>>): Promise<Tokens> {
  const response = await fetch(new URL("/auth/token", url), {
    method: "POST",
    body: new URLSearchParams(form),
  });
  const text = await response.text();
  expectThat(response.status === 200, `tokens for ${form["grant_type"]}`, text);
  return Tokens.parse(JSON.parse(text));
}

function randomText(): string {
  return randomBytes(32).toString("base64url");
}
