import { LoginError } from "@aic-sos/auth/login-error";
import type { ProviderSettings } from "@aic-sos/auth/oidc";
import type { Dependencies } from "./dependencies.ts";
import { isAllowed } from "./outbound/guarded-fetch.ts";
import { OutboundRefused } from "./outbound/outbound-refused.ts";

/** An identity provider as a tenant entered it. */
export interface EnteredProvider {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string | null;
}

/** How such a provider is reached: through the outbound guard. Plain http only where the deployment allows the host. */
export function guardedProvider(deps: Dependencies, entered: EnteredProvider): ProviderSettings {
  const { issuer, clientId, clientSecret } = entered;
  const allowInsecure =
    URL.canParse(issuer) && isAllowed(new URL(issuer), deps.config.outbound.allow);
  return {
    issuer,
    clientId,
    clientSecret,
    allowInsecure,
    fetch: (url, options) => deps.guardedFetch(url, options).catch(asLoginError),
  };
}

function asLoginError(error: unknown): never {
  if (!(error instanceof OutboundRefused)) throw error;
  const silent = ["unreachable", "unknown_host", "too_slow"].includes(error.refusal);
  const code = silent ? "provider_unreachable" : "provider_not_allowed";
  throw new LoginError(code, error.message);
}
