/** A provider that one can sign in by. */
export interface ProviderChoiceItem {
  readonly id: string;
  readonly name: string;
}

/** Asks the server for the names of a tenant's providers. Anything but a 200 means that there are none to show. */
export async function fetchProviderChoice(
  slug: string,
  region: string | undefined,
  signal: AbortSignal,
): Promise<readonly ProviderChoiceItem[]> {
  const search = new URLSearchParams({ tenant: slug, ...(region === undefined ? {} : { region }) });
  const answer = await fetch(`/auth/providers?${search}`, {
    signal,
    headers: { accept: "application/json" },
  });
  return answer.status === 200 ? providersIn(await answer.json()) : [];
}

/** The well-formed ones of `{ providers: [{ id, name }] }`. */
export function providersIn(body: unknown): readonly ProviderChoiceItem[] {
  if (typeof body !== "object" || body === null || !("providers" in body)) return [];
  const { providers } = body;
  if (!Array.isArray(providers)) return [];
  return providers.filter(
    (one: unknown): one is ProviderChoiceItem =>
      typeof one === "object" &&
      one !== null &&
      "id" in one &&
      typeof one.id === "string" &&
      "name" in one &&
      typeof one.name === "string",
  );
}
