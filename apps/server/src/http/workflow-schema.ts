import { WORKFLOW_JSON_SCHEMA } from "@aic-sos/workflow/json-schema";
import type { Express } from "express";
import { localsOf } from "./request-locals.ts";

/** `/schemas/workflow-v1.json`: the JSON Schema of the workflow format, for editors. It is what we check with, too. */
export function workflowSchema(app: Express): void {
  const text = JSON.stringify(WORKFLOW_JSON_SCHEMA, null, 2);
  app.get("/schemas/workflow-v1.json", (req, res) => {
    localsOf(req).route = "/schemas/workflow-v1.json";
    // Editors in a browser fetch it from wherever they are; there is nothing secret in it.
    res.setHeader("access-control-allow-origin", "*");
    res.setHeader("cross-origin-resource-policy", "cross-origin");
    res.type("application/schema+json").send(text);
  });
}
