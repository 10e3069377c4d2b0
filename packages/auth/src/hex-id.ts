import { cellOf, isId } from "@aic-sos/contract/ids";

/** An id without its hyphens: 32 hexadecimal digits. @throws TypeError when it is no id of ours */
export function toHexId(id: string): string {
  if (!isId(id)) throw new TypeError("not an id of this service: a UUID of version 8");
  return id.replaceAll("-", "");
}

/** The id behind 32 lower-case hexadecimal digits, or undefined when they are no id of ours. */
export function fromHexId(hex: string): string | undefined {
  const id = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
  return isId(id) ? id : undefined;
}

/** True when both are ids and of one cell: what lies in another cell than its tenant does not exist. */
export function sameHome(tenantId: string, id: string): boolean {
  return isId(tenantId) && isId(id) && cellOf(tenantId) === cellOf(id);
}
