import { ERRORS, errorCodes } from "@aic-sos/contract/errors";
import { DENIAL_REASONS } from "@aic-sos/contract/reasons";
import type { Express } from "express";
import { localsOf } from "./request-locals.ts";

/** `/docs/errors`, where the `type` of every problem leads: each code is an anchor. */
export function errorDocs(app: Express): void {
  const html = errorPage();
  app.get("/docs/errors", (req, res) => {
    localsOf(req).route = "/docs/errors";
    res.type("html").send(html);
  });
}

/** The same lists as docs/errors.md. Their words are ours and hold no markup. */
function errorPage(): string {
  const codes = errorCodes.map(
    (code) =>
      `<dt id="${code}">${code}</dt><dd>${ERRORS[code].status} · ${ERRORS[code].title}.</dd>`,
  );
  const reasons = Object.entries(DENIAL_REASONS).map(
    ([reason, means]) => `<dt>${reason}</dt><dd>${means}</dd>`,
  );
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Errors · AIC-SOS</title>
<style>
body { font: 14px/1.5 system-ui, sans-serif; max-width: 44rem; margin: 2rem auto; padding: 0 1rem; }
dt { font-family: ui-monospace, monospace; font-weight: 600; margin-top: .75rem; }
dd { margin: 0; }
:target { color: #0b6558; color: light-dark(#0b6558, #70c0b0); }
</style>
<h1>Errors</h1>
<p>Every error is <code>application/problem+json</code> (RFC 9457). <code>code</code> never changes its meaning;
<code>detail</code> is for people. <code>requestId</code> finds the request in the log, <code>decisionId</code> the
decision in the audit log.</p>
<h2>Codes</h2>
<dl>
${codes.join("\n")}
</dl>
<h2>Reasons of a denial</h2>
<dl>
${reasons.join("\n")}
</dl>
</html>
`;
}
