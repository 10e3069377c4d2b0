import { STANDARD_CLAIMS } from "@aic-sos/auth/verified-identity";
import type { Dependencies } from "../../dependencies.ts";
import { LoginRefused } from "./login-refused.ts";
import type { LoginPlace } from "./tenant-provider.ts";

interface PlatformPlace extends LoginPlace {
  /** Whose people are platform administrators. */
  readonly group: string;
}

/** The provider that platform administrators log in by. Throws `platform_login_off` where none is configured; LoginError. */
export async function platformPlace(deps: Dependencies): Promise<PlatformPlace> {
  const { login } = deps.config.platform;
  if (!login) throw new LoginRefused("platform_login_off");
  const { issuer, clientId, clientSecret, allowInsecure, scopes, groupsClaim, group } = login;
  const settings = { issuer, clientId, clientSecret, allowInsecure };
  return {
    provider: await deps.providers.get(settings, deps.now()),
    providerId: null,
    claimNames: { ...STANDARD_CLAIMS, groups: groupsClaim },
    scope: scopes,
    group,
  };
}
