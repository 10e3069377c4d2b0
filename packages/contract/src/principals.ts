/** Who may call: people, services, and platform administrators (who see tenants, never their data). */
export const PRINCIPAL_KINDS = ["user", "service", "platform"] as const;
export type PrincipalKind = (typeof PRINCIPAL_KINDS)[number];

/** How a principal proved who it is. */
export const AUTHENTICATION_METHODS = [
  "session",
  "api_key",
  "access_token",
  "platform_key",
  "platform_login",
  "client_certificate",
] as const;
export type AuthenticationMethod = (typeof AUTHENTICATION_METHODS)[number];
