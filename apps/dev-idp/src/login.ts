import type { IncomingMessage, ServerResponse } from "node:http";
import { errors, type Provider } from "oidc-provider";
import { errorPage } from "./pages/error-page.ts";
import { loginPage } from "./pages/login-page.ts";
import type { Page } from "./pages/page.ts";
import type { People } from "./people.ts";

const BODY_LIMIT = 8 * 1024;

/**
 * Answers `/interaction/<uid>`: GET shows the login page, POST takes the form. Consent is never
 * asked, since every client is the product's own.
 */
export async function handleInteraction(
  provider: Provider,
  people: People,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    const { uid, prompt, params } = await provider.interactionDetails(request, response);
    const show = (status: number, email: string, failed: boolean): void =>
      send(
        response,
        status,
        loginPage({ action: `/interaction/${uid}`, email, failed, people: people.all }),
      );

    if (prompt.name === "consent") {
      await provider.interactionFinished(request, response, { consent: {} });
    } else if (request.method === "POST") {
      const form = await readForm(request);
      const email = form.get("email") ?? "";
      const account = people.signIn(email, form.get("password") ?? "");
      if (account === undefined) return show(401, email, true);
      const login = { accountId: account.sub, amr: ["pwd"] };
      await provider.interactionFinished(request, response, { login });
    } else {
      show(200, typeof params.login_hint === "string" ? params.login_hint : "", false);
    }
  } catch (error) {
    if (!(error instanceof errors.OIDCProviderError)) throw error;
    send(response, error.statusCode, errorPage(error.error, error.error_description));
  }
}

/** Sends a page. */
export function send(response: ServerResponse, status: number, page: Page): void {
  response.writeHead(status, page.headers).end(page.html);
}

async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  if (request.headers["content-type"]?.split(";")[0] !== "application/x-www-form-urlencoded") {
    throw new errors.InvalidRequest("The login form must be sent as a form.");
  }
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > BODY_LIMIT) throw new errors.InvalidRequest("The login form is too long.");
    chunks.push(chunk);
  }
  return new URLSearchParams(Buffer.concat(chunks).toString("utf8"));
}
