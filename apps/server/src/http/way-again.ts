import type { Request } from "express";
import type { Dependencies } from "../dependencies.ts";
import { wayOfLogin } from "../features/session/way-of-login.ts";

/** What the login page needs to go the same way again: names of its address, and what they hold. */
export type WayAgain = Readonly<Record<string, string>>;

/** A refusal that may be over in a moment. For every other one, going the same way again leads to the same. */
const PASSING: ReadonlySet<string> = new Set(["provider_unreachable", "unavailable"]);

/** The login page that says what was refused and, where that can help, offers the same way again. */
export async function refusedPage(
  refusal: string,
  again: () => WayAgain | Promise<WayAgain>,
): Promise<string> {
  const way = PASSING.has(refusal) ? await again() : {};
  return `/login?${new URLSearchParams({ error: refusal, ...way }).toString()}`;
}

/** The way that a request begins. */
export function wayBegun(req: Request): WayAgain {
  const way: Record<string, string> = {};
  for (const name of ["tenant", "region", "return_to", "provider", "email"]) {
    const value = shortText(req.query[name]);
    if (value !== undefined) way[name] = value;
  }
  const token = req.params["token"];
  if (typeof token === "string") way["invitation"] = token;
  return way;
}

/** The way that ends with this request, as far as it can still be told: its refusal is what matters. */
export async function wayEnded(deps: Dependencies, req: Request): Promise<WayAgain> {
  try {
    return await wayOfLogin(deps, req.headers.cookie);
  } catch {
    return {};
  }
}

export function shortText(value: unknown): string | undefined {
  return typeof value === "string" && value.length <= 2048 ? value : undefined;
}
