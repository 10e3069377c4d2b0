import { randomBytes } from "node:crypto";
import { type Html, html } from "./html.ts";
import { STYLE } from "./style.ts";

/** A page ready to send. */
export interface Page {
  readonly html: string;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * The frame of every page: brand, one card, styles and script inside, nothing from elsewhere.
 * No `form-action`: browsers apply it to the redirect back to the client too.
 */
export function page(title: string, body: Html, script?: Html): Page {
  const nonce = randomBytes(16).toString("base64");
  const text = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · AIC-SOS dev sign-in</title>
<link rel="icon" href="data:,">
<style nonce="${nonce}">${STYLE}</style>
</head>
<body>
<header class="brand">
<svg viewBox="0 0 32 32" width="24" height="24" aria-hidden="true"><rect width="32" height="32" rx="7" fill="#0b6558"/><path d="M9 8v16h5M23 8v16h-5" fill="none" stroke="#fff" stroke-width="3" stroke-linecap="square"/><circle cx="16" cy="16" r="2.6" fill="#a3d6ca"/></svg>
<span class="product">AIC-SOS</span><span class="tag">dev identity provider</span>
</header>
<main>${body}</main>
${script === undefined ? "" : html`<script nonce="${nonce}">${script}</script>`}
</body>
</html>
`;
  return {
    html: text.text,
    headers: {
      "Content-Type": "text/html; charset=utf-8",
      "Cache-Control": "no-store",
      "Content-Security-Policy": `default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'; img-src data:; base-uri 'none'; frame-ancestors 'none'`,
      "Referrer-Policy": "no-referrer",
      "X-Content-Type-Options": "nosniff",
    },
  };
}
