import type { LoginErrorCode } from "@aic-sos/auth/login-error";

/** Why a login ended without a session. The console has a sentence for each; none shows whether a user exists. */
export type LoginRefusal =
  | LoginErrorCode
  | "tenant_unknown"
  | "domain_unknown"
  | "platform_login_off"
  | "provider_changed"
  | "invitation_invalid"
  | "email_not_verified"
  | "groups_withheld"
  | "no_access";

export class LoginRefused extends Error {
  override readonly name = "LoginRefused";
  readonly refusal: LoginRefusal;
  constructor(refusal: LoginRefusal) {
    super(`login refused: ${refusal}`);
    this.refusal = refusal;
  }
}
