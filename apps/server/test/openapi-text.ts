import { openApiDocument } from "../src/openapi-document.ts";

/** The document as a server of the demo configuration gives it, for `openapi.json`. */
export function openApiText(): string {
  return `${JSON.stringify(openApiDocument("http://localhost:4000", "0.1.0"), undefined, 2)}\n`;
}
