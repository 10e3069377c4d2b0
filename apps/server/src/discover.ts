import { LOGIN_ERRORS, LoginError } from "@aic-sos/auth/login-error";
import { discoverProvider } from "@aic-sos/auth/oidc";
import type { Discovery } from "@aic-sos/contract/identity-providers";
import type { Dependencies } from "./dependencies.ts";
import { type EnteredProvider, guardedProvider } from "./guarded-provider.ts";

/** What a provider's metadata says. */
export interface Discovered {
  readonly discovery: Discovery;
  /** As the provider itself writes it, and so every identity of it; as it was entered where the provider cannot be used. */
  readonly issuer: string;
}

/** Reads a provider's metadata, as login will, and says what it found or why the provider cannot be used. */
export async function discover(deps: Dependencies, entered: EnteredProvider): Promise<Discovered> {
  try {
    const { facts, issuer } = await discoverProvider(guardedProvider(deps, entered));
    const discovery = {
      usable: true,
      problem: null,
      means: "The provider can be used.",
      ...facts,
      algorithms: [...facts.algorithms],
    };
    return { discovery, issuer };
  } catch (error) {
    if (!(error instanceof LoginError)) throw error;
    return { discovery: unusable(error), issuer: entered.issuer };
  }
}

function unusable(error: LoginError): Discovery {
  return {
    usable: false,
    problem: error.code,
    means: `${LOGIN_ERRORS[error.code]} (${error.detail})`,
    pkce: null,
    algorithms: [],
    issInResponse: false,
    endSession: false,
  };
}
