import type { Explanation } from "@aic-sos/contract/explanations";
import { exactTime } from "./relative-time.ts";
import { reasonWords } from "./event-sentence.ts";
import { eitherOf, ROLE_WORDS } from "./words.ts";

type Binding = Explanation["bindings"][number];

/** A role that was considered, and what it did. */
export function bindingWords({ role, workspaceId, expiresAt, verdict }: Binding): string {
  const where = workspaceId === null ? "in the whole tenant" : "in one workspace";
  const until = expiresAt === null ? "" : ` until ${exactTime(expiresAt)}`;
  return `${ROLE_WORDS[role]} ${where}${until}: ${verdictWords(verdict)}.`;
}

function verdictWords(verdict: Binding["verdict"]): string {
  if (verdict === "allows") return "allows it";
  if (verdict === "no_binding") return "does not count here";
  if (verdict === "role_lacks_permission") return "does not allow it";
  if (verdict === "binding_expired") return "would allow it, but has ended";
  return reasonWords(verdict) ?? verdict;
}

/** What would turn the denial around, as a sentence; that nothing would, when no role does. */
export function wouldGrantWords({ wouldGrant, outcome }: Explanation): string {
  if (outcome === "allow") return "It was allowed.";
  const { inWorkspace, tenantWide } = wouldGrant;
  const words = (roles: typeof inWorkspace) => eitherOf(roles.map((role) => ROLE_WORDS[role]));
  if (inWorkspace.length > 0) {
    return `Whoever is ${words(inWorkspace)} in this workspace may do it. A workspace admin can give the role.`;
  }
  if (tenantWide.length > 0) {
    return `Whoever is ${words(tenantWide)} in the whole tenant may do it. An admin of the tenant can give the role.`;
  }
  return "No further role would change that.";
}
