import helmet from "helmet";
import { localsOf } from "./request-locals.ts";
import type { Step } from "./step.ts";

/** What an answer of data needs: nothing in it may be run, framed, guessed at or kept. */
export const DATA_HEADERS: ReadonlyMap<string, string> = new Map([
  ["content-security-policy", "default-src 'none'; frame-ancestors 'none'"],
  ["x-content-type-options", "nosniff"],
  ["x-frame-options", "SAMEORIGIN"],
  ["referrer-policy", "no-referrer"],
  ["cross-origin-resource-policy", "same-origin"],
  ["cache-control", "no-store"],
]);

/** Strict headers for pages and for data; the console needs nothing from any other origin. */
export const securityHeaders: Step = (next, deps) => {
  const secure = deps.config.publicUrl.startsWith("https:");
  const forData = new Map(DATA_HEADERS);
  if (secure) forData.set("strict-transport-security", "max-age=31536000; includeSubDomains");
  const forPages = pageHeaders(secure);
  return (req, res) => {
    if (!/^\/(?:api|trpc)(?:\/|$)/.test(localsOf(req).path)) {
      return forPages(req, res, () => next(req, res));
    }
    res.setHeaders(forData);
    next(req, res);
  };
};

function pageHeaders(secure: boolean) {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        // Mantine and CodeMirror write style elements.
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", "data:"],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
      },
    },
    strictTransportSecurity: secure ? { maxAge: 31_536_000 } : false,
    referrerPolicy: { policy: "no-referrer" },
  });
}
