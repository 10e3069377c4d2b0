import { isCodeChallenge } from "@aic-sos/auth/pkce";
import { mayRedirectTo } from "@aic-sos/auth/redirect-uri";
import { isId } from "@aic-sos/contract/ids";
import { type NativeClient, nativeClient, type TokenSettings } from "./token-settings.ts";

/** What an app asks for, in its own words. */
export interface AskedByApp {
  readonly clientId: string;
  readonly redirectUri: string;
  readonly codeChallenge: string;
  readonly state?: string | undefined;
  readonly workspaceId?: string | undefined;
}

/**
 * Whether an app may ask at all, and is answered where it says.
 * - `untrusted`: it is not known, or would be answered where it is not registered: nothing goes there, not even an error
 * - `refused`: the error goes back to the app
 */
export type CheckedRequest =
  | { readonly kind: "untrusted"; readonly field: "client_id" | "redirect_uri" }
  | { readonly kind: "refused"; readonly error: "invalid_request"; readonly detail: string }
  | { readonly kind: "good"; readonly client: NativeClient };

/** RFC 6749 §4.1.2.1, RFC 8252 §7, RFC 7636 §4.3. */
export function checkAppRequest(settings: TokenSettings, asked: AskedByApp): CheckedRequest {
  const client = nativeClient(settings, asked.clientId);
  if (!client) return { kind: "untrusted", field: "client_id" };
  if (!mayRedirectTo(asked.redirectUri, client.redirectUris))
    return { kind: "untrusted", field: "redirect_uri" };
  const detail = problemOf(asked);
  if (detail === undefined) return { kind: "good", client };
  return { kind: "refused", error: "invalid_request", detail };
}

function problemOf({ codeChallenge, workspaceId }: AskedByApp): string | undefined {
  if (!isCodeChallenge(codeChallenge))
    return "code_challenge has to be there, with code_challenge_method=S256";
  if (workspaceId !== undefined && !isId(workspaceId)) return "workspace_id is no id";
  return undefined;
}

/**
 * The address that carries an answer to an app: with `iss`, so that it knows whose answer it is (RFC 9207), and its
 * own `state`.
 */
export function answerTo(
  asked: Pick<AskedByApp, "redirectUri" | "state">,
  issuer: string,
  answer: Readonly<Record<string, string>>,
): string {
  const query = new URLSearchParams({ ...answer, iss: issuer });
  if (asked.state !== undefined) query.set("state", asked.state);
  return `${asked.redirectUri}?${query.toString()}`;
}
