import { SESSION_COOKIE } from "@aic-sos/auth/session-cookie";
import { type CookieJar, createCookieJar } from "./cookie-jar.ts";

const MOST_REDIRECTS = 20;

/**
 * Signs a person in the way a browser does: opens `start`, follows the redirects to the identity
 * provider, fills in its form, follows the redirects back.
 * @param start a login address or an invitation of the server
 * @returns the `Cookie` header of the session
 * @throws when no session came of it, with where the way ended
 */
export async function signIn(
  start: string,
  person: { email: string; password: string },
): Promise<string> {
  const jar = createCookieJar();
  const server = new URL(start).origin;
  const session = (): string | undefined => jar.value(server, SESSION_COOKIE);
  let request: PageRequest = { url: new URL(start) };
  let filledIn = false;
  for (let hop = 0; hop < MOST_REDIRECTS; hop += 1) {
    const response = await send(request, jar);
    const value = session();
    if (value !== undefined) return `${SESSION_COOKIE}=${value}`;
    const location = response.headers.get("location");
    if (location !== null) {
      request = { url: new URL(location, request.url) };
      continue;
    }
    const action = formAction(await response.text());
    if (action === undefined || filledIn) {
      throw new Error(
        `signing ${person.email} in ended at ${pathOf(request.url)} with ${response.status}`,
      );
    }
    filledIn = true;
    request = {
      url: new URL(action, request.url),
      form: { email: person.email, password: person.password },
    };
  }
  throw new Error(`signing ${person.email} in was redirected more than ${MOST_REDIRECTS} times`);
}

interface PageRequest {
  readonly url: URL;
  readonly form?: { readonly email: string; readonly password: string };
}

async function send({ url, form }: PageRequest, jar: CookieJar): Promise<Response> {
  const response = await fetch(url, {
    method: form ? "POST" : "GET",
    redirect: "manual",
    headers: { accept: "text/html", cookie: jar.header(url) },
    ...(form ? { body: new URLSearchParams({ ...form }) } : {}),
  });
  jar.store(url, response);
  return response;
}

/** Where the page's password form goes to. */
function formAction(html: string): string | undefined {
  if (!html.includes('name="password"')) return undefined;
  return /<form[^>]*\saction="([^"]+)"/.exec(html)?.[1]?.replaceAll("&amp;", "&");
}

/** With the reason that a login page is given, and nothing else of the query: it holds secrets. */
function pathOf(url: URL): string {
  const error = url.searchParams.get("error");
  return url.origin + url.pathname + (error === null ? "" : ` (${error})`);
}
