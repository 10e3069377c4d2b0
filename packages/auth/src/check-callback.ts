import { createHash, timingSafeEqual } from "node:crypto";
import { LoginError, oauthErrorCode } from "./login-error.ts";
import type { LoginState } from "./login-state.ts";

/** Tokens travel from server to server only. */
const OTHER_FLOWS = ["response", "id_token", "access_token", "token"];

/**
 * Checks the parameters that the browser brought back, in this order: nothing twice, ours (`state`), from whom we asked
 * (`iss`, RFC 9207: against mix-up), no error, a code.
 * @throws LoginError
 */
export function checkCallback(
  parameters: URLSearchParams,
  login: LoginState,
  issInResponse: boolean,
): void {
  for (const name of parameters.keys()) {
    if (parameters.getAll(name).length > 1) {
      throw new LoginError("callback_invalid", "a parameter came twice");
    }
  }
  if (!sameText(parameters.get("state") ?? "", login.state)) {
    throw new LoginError("state_mismatch", "state is not the one of this browser's login");
  }
  const issuer = parameters.get("iss");
  if (issuer === null && issInResponse) {
    throw new LoginError("wrong_issuer", "iss is missing, though the provider announces it");
  }
  if (issuer !== null && issuer !== login.issuer) {
    throw new LoginError("wrong_issuer", "iss names another provider than the one that was asked");
  }
  const error = parameters.get("error");
  if (error !== null) {
    const code = oauthErrorCode(error);
    throw new LoginError("provider_refused", `the provider answered ${code}`, code);
  }
  for (const name of OTHER_FLOWS) {
    if (parameters.has(name))
      throw new LoginError("callback_invalid", `${name} is of another flow`);
  }
  if (!parameters.get("code")) throw new LoginError("callback_invalid", "there is no code");
}

function sameText(left: string, right: string): boolean {
  return timingSafeEqual(digest(left), digest(right));
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
