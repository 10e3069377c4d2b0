import type { Browser, BrowserContext, Cookie, Page } from "@playwright/test";
import type { Person } from "../dev-file.ts";
import { type Caller, callerWith } from "../rest/caller.ts";
import { expectThat } from "../unmet.ts";

export const SESSION_COOKIE = "__Host-aic_session";

/** Somebody who is logged in, in a browser of their own. */
export interface SignedIn {
  readonly person: Person;
  readonly page: Page;
  readonly cookie: Cookie;
  /** Calls REST with the same session. */
  readonly rest: Caller;
}

const PATIENCE_MS = 20_000;

/**
 * Signs a person in, in a fresh browser context: opens `start` (an invitation or a login address), fills in the identity
 * provider's page, and is back.
 */
export async function signIn(
  browser: Browser,
  url: string,
  start: string,
  person: Person,
): Promise<SignedIn> {
  const context = await browser.newContext();
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  await page.goto(new URL(start, url).href);
  await fillIn(page, person);
  const cookie = await sessionOf(context, url, page, person);
  const rest = callerWith(url, `${person.name} (${person.role})`, {
    cookie: `${cookie.name}=${cookie.value}`,
  });
  return { person, page, cookie, rest };
}

/** Fills in the development identity provider's page, on which the browser is. */
async function fillIn(page: Page, person: Pick<Person, "email" | "password">): Promise<void> {
  await page.locator("#email").fill(person.email);
  await page.locator("#password").fill(person.password);
  await page.locator("#submit").click();
}

async function sessionOf(
  context: BrowserContext,
  url: string,
  page: Page,
  person: Person,
): Promise<Cookie> {
  const { origin } = new URL(url);
  await page
    .waitForURL((at) => at.origin === origin && !at.pathname.startsWith("/auth/"), {
      timeout: PATIENCE_MS,
    })
    .catch(() => undefined);
  const cookie = (await context.cookies(url)).find(({ name }) => name === SESSION_COOKIE);
  const at = new URL(page.url());
  expectThat(
    cookie !== undefined,
    `${person.email} to come back from the identity provider with a session`,
    `${at.origin}${at.pathname} says: ${(await page.locator("body").innerText()).slice(0, 300)}`,
  );
  return cookie;
}
