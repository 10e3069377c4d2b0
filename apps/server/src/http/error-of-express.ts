import { type AppError, invalidBody, invalidField, unsupportedMediaType } from "../app-error.ts";

/** What Express and its body parser blame on the caller, by the status they give it; undefined for anything else. */
export function errorOfExpress(error: unknown): AppError | undefined {
  if (!(error instanceof Error) || !("status" in error)) return undefined;
  if (error instanceof URIError) {
    return invalidField("(path)", "has a percent sign that is no escape of UTF-8");
  }
  if (error.status === 413) return invalidBody("body_too_large", "may have 2 MB at most");
  if (error.status === 415) return unsupportedMediaType();
  return error.status === 400 ? invalidBody("malformed_body", "is not valid JSON") : undefined;
}
