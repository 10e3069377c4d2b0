import { html } from "./html.ts";
import { type Page, page } from "./page.ts";

/** What went wrong, with the protocol's own code (RFC 6749) and sentence. */
export function errorPage(code: string, description: string | undefined): Page {
  return page(
    "Sign-in failed",
    html`
<section class="card">
<h1>Sign-in cannot go on</h1>
<p>${description ?? "The request was not understood."}</p>
<p class="dim"><code>${code}</code></p>
<p class="dim">Go back to the application and start signing in again.</p>
</section>`,
  );
}
