import { RegionName } from "@aic-sos/contract/regions";
import { useQuery } from "@tanstack/react-query";

/** What anybody may know of this deployment before signing in. */
export interface Offers {
  /** The regions that it serves. */
  readonly regions: readonly string[];
  /** Regions that other deployments serve, and where. */
  readonly otherRegions: readonly { readonly region: string; readonly url: string }[];
  /** The name of the provider that platform administrators sign in by; null where there is none. */
  readonly platformLogin: string | null;
}

const NONE: Offers = { regions: [], otherRegions: [], platformLogin: null };

/** Asks the server once. Anything but a 200 means that there is nothing to offer. */
export function useOffers(): Offers {
  const { data } = useQuery({
    queryKey: ["offers"],
    queryFn: async ({ signal }) => {
      const answer = await fetch("/auth/offers", {
        signal,
        headers: { accept: "application/json" },
      });
      return answer.status === 200 ? offersIn(await answer.json()) : NONE;
    },
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return data ?? NONE;
}

/** What is well-formed of `{ regions, otherRegions: [{ region, url }], platformLogin }`; https only. */
export function offersIn(body: unknown): Offers {
  if (!isRecord(body)) return NONE;
  const { regions, otherRegions, platformLogin } = body;
  return {
    regions: Array.isArray(regions) ? regions.filter(isRegion) : [],
    otherRegions: Array.isArray(otherRegions) ? otherRegions.filter(isOther) : [],
    platformLogin: typeof platformLogin === "string" ? platformLogin : null,
  };
}

function isOther(one: unknown): one is Offers["otherRegions"][number] {
  if (!isRecord(one) || !isRegion(one["region"]) || typeof one["url"] !== "string") return false;
  return URL.canParse(one["url"]) && new URL(one["url"]).protocol === "https:";
}

function isRegion(value: unknown): value is string {
  return RegionName.safeParse(value).success;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
