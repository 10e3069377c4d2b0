import { OAuthError } from "../../oauth-error.ts";
import type { TokenSettings } from "../../token-settings.ts";
import { nativeClient, type NativeClient } from "../../token-settings.ts";

/** The fields of a form as it was posted; a list where a field came several times. */
export type Form = Readonly<Record<string, unknown>>;

/** A field that has to be there once and not empty (RFC 6749 §3.2). Throws OAuthError `invalid_request`. */
export function field(form: Form, name: string): string {
  const value = Object.hasOwn(form, name) ? form[name] : undefined;
  if (typeof value === "string" && value !== "") return value;
  throw new OAuthError("invalid_request", `${name} has to be there once`);
}

/** A field that need not be there. Throws OAuthError `invalid_request` when it came twice, or empty. */
export function optionalField(form: Form, name: string): string | undefined {
  return Object.hasOwn(form, name) ? field(form, name) : undefined;
}

/** The client that asks. It has no secret: whoever sends one takes it for something else. Throws OAuthError. */
export function clientOf(settings: TokenSettings, form: Form): NativeClient {
  const client = nativeClient(settings, field(form, "client_id"));
  if (!client || Object.hasOwn(form, "client_secret"))
    throw new OAuthError("invalid_client", "There is no such public client");
  return client;
}
