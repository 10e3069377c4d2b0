import { cellHealth } from "@aic-sos/db/health";
import type { Express } from "express";
import type { Dependencies } from "../dependencies.ts";
import { localsOf } from "./request-locals.ts";

/** `/health`: the process lives. `/readiness`: every region's database answers and has the schema of this version. */
export function health(app: Express, deps: Dependencies): void {
  app.get("/health", (req, res) => {
    localsOf(req).route = "/health";
    res.json({ status: "ok", version: deps.config.version });
  });
  app.get("/readiness", async (req, res) => {
    localsOf(req).route = "/readiness";
    const cells = await Promise.all(
      deps.cells.map(async ({ code, region }) => {
        const { ok, why } = await cellHealth(code);
        if (!ok) deps.log.warn({ region, cell: code, why }, "cell not ready");
        return { cell: code, region, state: ok ? ("ready" as const) : ("unavailable" as const) };
      }),
    );
    const ready = cells.every((cell) => cell.state === "ready");
    res.status(ready ? 200 : 503).json({ status: ready ? "ready" : "not_ready", cells });
  });
}
