import { fileURLToPath } from "node:url";
import express, { type Express } from "express";
import { localsOf } from "./request-locals.ts";

const DIST = fileURLToPath(new URL("../../../web/dist/", import.meta.url));

/** The built console; every address that is no file is one of its pages. */
export function console(app: Express): void {
  app.use(
    express.static(DIST, {
      index: false,
      setHeaders: (res, path) => {
        const hashed = path.includes("/assets/");
        res.setHeader("cache-control", hashed ? "public, max-age=31536000, immutable" : "no-cache");
      },
    }),
  );
  // In any letters: `/API/me` is a mistyped address of the API, and no page.
  app.get(/^\/(?!api\/|api$|trpc|auth\/|docs\/).*/i, (req, res, next) => {
    if (!req.accepts("html")) return next();
    localsOf(req).route = "(console)";
    res.setHeader("cache-control", "no-cache");
    res.sendFile("index.html", { root: DIST }, (error) => {
      if (error) next();
    });
  });
}
