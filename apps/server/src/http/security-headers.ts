import type { Express } from "express";
import helmet from "helmet";
import type { Dependencies } from "../dependencies.ts";

/** Strict headers for pages and answers alike; the console needs nothing from any other origin. */
export function securityHeaders(app: Express, deps: Dependencies): void {
  app.disable("x-powered-by");
  app.use(
    helmet({
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
      strictTransportSecurity: deps.config.publicUrl.startsWith("https:")
        ? { maxAge: 31_536_000 }
        : false,
      referrerPolicy: { policy: "no-referrer" },
    }),
  );
}
