import { Html, html } from "./html.ts";
import { type Page, page } from "./page.ts";

/** Answers for the person, who has just answered the application. */
const ANSWER = new Html(`document.querySelector("button[value=yes]").click();`);

/**
 * Asks whether to sign out. `form` is oidc-provider's own hidden form, safe as it comes. An application that `proved` itself by an
 * ID token has asked already: the page then goes on by itself.
 */
export function logoutPage(form: string, { proved }: { readonly proved: boolean }): Page {
  return page(
    "Sign out",
    html`
<section class="card">
<h1>Sign out?</h1>
<p class="dim">You stay signed in to the dev identity provider unless you sign out here as well.</p>
${new Html(form)}
<div class="stack">
<button class="submit" type="submit" form="op.logoutForm" name="logout" value="yes" autofocus>Sign out</button>
<button class="submit quiet" type="submit" form="op.logoutForm">Stay signed in</button>
</div>
</section>`,
    proved ? ANSWER : undefined,
  );
}

/** Shown after signing out when the client named no page to return to. */
export function signedOutPage(): Page {
  return page(
    "Signed out",
    html`<section class="card"><h1>Signed out</h1><p class="dim">You can close this page.</p></section>`,
  );
}
