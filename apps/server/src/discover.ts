import { LOGIN_ERRORS, LoginError } from "@aic-sos/auth/login-error";
import { discoverProvider } from "@aic-sos/auth/oidc";
import type { Discovery } from "@aic-sos/contract/identity-providers";
import type { Dependencies } from "./dependencies.ts";
import { type EnteredProvider, guardedProvider } from "./guarded-provider.ts";

/** Reads a provider's metadata, as login will, and says what it found or why the provider cannot be used. */
export async function discover(deps: Dependencies, entered: EnteredProvider): Promise<Discovery> {
  try {
    const { facts } = await discoverProvider(guardedProvider(deps, entered));
    return {
      usable: true,
      problem: null,
      means: "The provider can be used.",
      ...facts,
      algorithms: [...facts.algorithms],
    };
  } catch (error) {
    if (!(error instanceof LoginError)) throw error;
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
}
