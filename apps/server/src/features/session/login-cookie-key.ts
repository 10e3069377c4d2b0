import { platformTenantId } from "@aic-sos/contract/ids";
import type { Dependencies } from "../../dependencies.ts";

/**
 * 32 bytes that encrypt the login cookie, from the platform's key of the first served cell: the same on every replica,
 * and nothing more to configure.
 */
export async function loginCookieKey(deps: Dependencies): Promise<Uint8Array> {
  const [home] = deps.cells;
  if (!home) throw new RangeError("no cell is served");
  const key = await deps.keyringOf(home.code).forTenant(platformTenantId(home.code));
  return key.hmac("login-cookie", new Uint8Array());
}
