import type { Caller } from "./caller.ts";

/** The webhooks of the caller's tenant. */
export async function webhooksOf(rest: Caller): Promise<readonly unknown[]> {
  const { body } = await rest.call("GET", "/api/webhooks");
  return (body as { items: unknown[] }).items;
}

/** The types of what the only webhook was told. */
export async function deliveriesOf(rest: Caller): Promise<readonly string[]> {
  const [webhook] = (await webhooksOf(rest)) as { id: string }[];
  const { body } = await rest.call("GET", `/api/webhooks/${webhook?.id}/deliveries`);
  return (body as { items: { type: string }[] }).items.map(({ type }) => type);
}
