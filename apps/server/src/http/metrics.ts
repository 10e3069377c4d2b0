import type { Express } from "express";
import type { Dependencies } from "../dependencies.ts";
import { localsOf } from "./request-locals.ts";

/** `/metrics` in Prometheus text form. Nothing in it names a tenant. */
export function metrics(app: Express, deps: Dependencies): void {
  app.get("/metrics", (req, res) => {
    localsOf(req).route = "/metrics";
    deps.metrics.scrape(req, res);
  });
}
