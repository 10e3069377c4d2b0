import { invalidField } from "../../app-error.ts";
import type { Dependencies } from "../../dependencies.ts";
import { isAllowed } from "../../outbound/guarded-fetch.ts";

/** Plain http only where the deployment allows the host. Where an address leads is judged each time it is asked. */
export function requireAddress(deps: Dependencies, address: string): void {
  const url = new URL(address);
  if (url.protocol === "https:" || isAllowed(url, deps.config.outbound.allow)) return;
  throw invalidField("url", "must be an https address");
}
