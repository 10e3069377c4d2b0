import { RegionName } from "@aic-sos/contract/regions";

/** A region that another deployment serves. */
interface OtherRegion {
  readonly region: string;
  readonly url: string;
}

/** Asks the server where other regions sign in. Anything but a 200 means that there are none to name. */
export async function fetchOtherRegions(signal: AbortSignal): Promise<readonly OtherRegion[]> {
  const answer = await fetch("/auth/regions", { signal, headers: { accept: "application/json" } });
  return answer.status === 200 ? othersIn(await answer.json()) : [];
}

/** The well-formed ones of `{ others: [{ region, url }] }`; https only. */
export function othersIn(body: unknown): readonly OtherRegion[] {
  if (typeof body !== "object" || body === null || !("others" in body)) return [];
  const { others } = body;
  if (!Array.isArray(others)) return [];
  return others.filter(
    (one: unknown): one is OtherRegion =>
      typeof one === "object" &&
      one !== null &&
      "region" in one &&
      RegionName.safeParse(one.region).success &&
      "url" in one &&
      typeof one.url === "string" &&
      URL.canParse(one.url) &&
      new URL(one.url).protocol === "https:",
  );
}
