import {
  type EntityJson,
  preparsePolicySet,
  type StatefulAuthorizationCall,
  statefulIsAuthorized,
} from "@cedar-policy/cedar-wasm/nodejs";
import { ROLES } from "@aic-sos/contract/roles";
import type { Asked } from "@aic-sos/policy/decide";
import type { Binding } from "@aic-sos/policy/principal";
import { cedarPolicies } from "./cedar-policies.ts";

const POLICIES = "decide";
/** Of a role that does not end: no moment is later. */
const NEVER = Number.MAX_SAFE_INTEGER;
const TYPES = { user: "User", service: "Service", platform: "Platform" } as const;

/** Has the policies parsed, once for the process. @throws when Cedar does not understand them */
export function prepareCedar(): void {
  const parsed = preparsePolicySet(POLICIES, { staticPolicies: cedarPolicies() });
  if (parsed.type === "failure") throw new Error(JSON.stringify(parsed.errors));
}

/** What Cedar says. @throws also for a policy that could not be evaluated: Cedar would skip it, also one that forbids */
export function cedarAllows(call: StatefulAuthorizationCall): boolean {
  const answer = statefulIsAuthorized(call);
  if (answer.type === "failure") throw new Error(JSON.stringify(answer.errors));
  const { decision, diagnostics } = answer.response;
  if (diagnostics.errors.length > 0) throw new Error(JSON.stringify(diagnostics.errors));
  return decision === "allow";
}

/** A question of `decide()` as a call of Cedar, with the two entities that it is about. */
export function cedarCall(asked: Asked): StatefulAuthorizationCall {
  const principal = { type: TYPES[asked.principal.kind], id: asked.principal.id };
  const resource = { type: "Place", id: asked.scope.workspaceId ?? "none" };
  return {
    principal,
    action: { type: "Action", id: asked.permission },
    resource,
    context: { now: asked.now },
    preparsedPolicySetId: POLICIES,
    entities: [
      { uid: principal, parents: [], ...whoIs(asked) },
      { uid: resource, parents: [], attrs: whereIs(asked) },
    ],
  };
}

function whoIs({ principal }: Asked): Pick<EntityJson, "attrs" | "tags"> {
  const { credentialExpiresAt, credentialWorkspaceId, credentialPermissions } = principal;
  const auditing = principal.bindings.filter(({ role }) => role === "Auditor");
  return {
    attrs: {
      tenant: principal.tenantId,
      region: principal.region,
      cell: principal.cell,
      disabled: principal.disabled,
      auditsUntil: Math.max(0, ...auditing.map(endOf)),
      ...(credentialExpiresAt === null ? {} : { endsAt: credentialExpiresAt }),
      ...(credentialWorkspaceId === null ? {} : { workspace: credentialWorkspaceId }),
      ...(credentialPermissions === null
        ? {}
        : {
            permissions: credentialPermissions.map((id) => ({
              __entity: { type: "Action", id },
            })),
          }),
    },
    tags: tagsOf(principal.bindings),
  };
}

/** Until when each role is held at each place: the latest end of the bindings that say so. */
function tagsOf(bindings: readonly Binding[]): Record<string, number> {
  const tags: Record<string, number> = {};
  for (const binding of bindings) {
    for (const place of ["anywhere", binding.workspaceId ?? "tenant"]) {
      const tag = `${binding.role}@${place}`;
      tags[tag] = Math.max(tags[tag] ?? 0, endOf(binding));
    }
  }
  return tags;
}

function endOf({ expiresAt }: Binding): number {
  return expiresAt ?? NEVER;
}

function whereIs({ scope }: Asked): EntityJson["attrs"] {
  const { tenantId, region, cell, workspaceId } = scope;
  const place = { tenant: tenantId, region, cell };
  if (workspaceId === null) return place;
  const tags = Object.fromEntries(ROLES.map((role) => [role, `${role}@${workspaceId}`]));
  return { ...place, workspace: workspaceId, tags };
}
