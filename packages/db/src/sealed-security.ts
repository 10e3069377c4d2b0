import type { SecurityType } from "@aic-sos/audit/catalogue";

/** A security event as the log has it. */
export interface SealedSecurityEvent {
  readonly tenantId: string;
  readonly id: string;
  readonly type: SecurityType;
  /** ISO 8601. */
  readonly time: string;
}

/** Types of the security events that this process has sealed and nobody has counted yet, by cell. */
const sealed = new Map<number, string[]>();

/** To be called when their sealing is certain, with the type of each. */
export function noteSealedSecurity(cell: number, types: readonly string[]): void {
  if (types.length > 0) sealed.set(cell, [...(sealed.get(cell) ?? []), ...types]);
}

/**
 * The types of the security events sealed here since the last call, one for each event. An event is sealed once,
 * whoever wrote it, so what all replicas count adds up.
 */
export function takeSealedSecurity(cell: number): readonly string[] {
  const types = sealed.get(cell) ?? [];
  sealed.delete(cell);
  return types;
}
