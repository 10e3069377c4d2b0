import { openLoginState, readLoginCookie } from "@aic-sos/auth/login-cookie";
import type { Dependencies } from "../../dependencies.ts";
import { loginCookieKey } from "./login-cookie-key.ts";
import { loginTenant } from "./tenant-provider.ts";

/**
 * How the login of this browser was begun, in the words of the login page's address. Throws LoginError, LoginRefused
 * when that cannot be told any more.
 */
export async function wayOfLogin(
  deps: Dependencies,
  cookieHeader: string | undefined,
): Promise<Readonly<Record<string, string>>> {
  const key = await loginCookieKey(deps);
  const login = await openLoginState(key, readLoginCookie(cookieHeader), deps.now());
  const { slug, region } = await loginTenant(deps, login.tenantId);
  return {
    tenant: slug,
    region,
    return_to: login.returnTo,
    ...(login.providerId === null ? {} : { provider: login.providerId }),
    ...(login.invitation === null ? {} : { invitation: login.invitation }),
  };
}
