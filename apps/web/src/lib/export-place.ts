import { may, type Rights } from "./may.ts";

/** Workspaces that one bundle may be asked to show besides its first. */
const MOST = 50;

/** The query that says where an evidence bundle shows events; the rest of the log is in it as hashes. */
export function exportPlace(
  rights: Rights,
  place: "here" | "tenant" | "mine",
  workspaceId: string,
): string {
  if (place === "tenant") return "tenantWide=true";
  const others = place === "mine" ? alsoExported(rights, workspaceId) : [];
  const also = others.length === 0 ? "" : `&alsoWorkspaceIds=${others.join(",")}`;
  return `workspaceId=${workspaceId}${also}`;
}

/** The other workspaces whose log one may take away. */
export function alsoExported(rights: Rights, workspaceId: string): readonly string[] {
  return rights.workspaces
    .filter(({ id }) => id !== workspaceId && may(rights, "audit_event:export", id))
    .map(({ id }) => id)
    .slice(0, MOST);
}
