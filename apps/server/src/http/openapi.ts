import type { Express } from "express";
import type { Dependencies } from "../dependencies.ts";
import { openApiDocument } from "../openapi-document.ts";
import { localsOf } from "./request-locals.ts";

/** `/api/openapi.json`, made from the procedures themselves. */
export function openApi(app: Express, deps: Dependencies): void {
  const text = JSON.stringify(openApiDocument(deps.config.publicUrl, deps.config.version));
  app.get("/api/openapi.json", (req, res) => {
    localsOf(req).route = "/api/openapi.json";
    res.type("application/json").send(text);
  });
}
