import { cellOf, isId, platformTenantId } from "@aic-sos/contract/ids";
import { type Permission, PERMISSIONS } from "@aic-sos/contract/permissions";
import type { DenialReason } from "@aic-sos/contract/reasons";
import type { Scope } from "@aic-sos/policy/decide";
import { TENANT_WIDE } from "@aic-sos/policy/grant";
import { isLive, type Principal } from "@aic-sos/policy/principal";
import { foreignId } from "@aic-sos/policy/region-of-ids";
import { invalidField } from "../../app-error.ts";
import type { Authenticated } from "../../authenticator.ts";
import type { RequestContext } from "../context.ts";

/** Where the request wants to act, or why that cannot be answered. */
export interface ResolvedScope {
  readonly scope: Scope;
  readonly refused: DenialReason | undefined;
}

/** Who acts where: a platform administrator acts as the principal of the cell that the request names. */
export interface Standing {
  readonly authenticated: Authenticated;
  readonly resolved: ResolvedScope;
}

type Inputs = Readonly<Record<string, unknown>>;

/**
 * The scope of a request: from the credential, the path or input, and the `X-Workspace-Id` header; all that are
 * present must agree. An id of another region is recognised by itself, without a lookup.
 */
export async function resolveScope(
  ctx: RequestContext,
  authenticated: Authenticated,
  permission: Permission,
  input: unknown,
): Promise<Standing> {
  const inputs: Inputs = typeof input === "object" && input !== null ? (input as Inputs) : {};
  const standing =
    authenticated.principal.kind === "platform"
      ? await platformScope(ctx, authenticated, permission, inputs)
      : { authenticated, resolved: memberScope(ctx, authenticated, permission, inputs) };
  logWorkspace(ctx, standing.resolved.scope.workspaceId);
  return standing;
}

/** A request has one line in the log: calls of one batch may be into several workspaces. */
function logWorkspace({ log: { fields } }: RequestContext, workspaceId: string | null): void {
  if (workspaceId === null) return;
  const { workspaceId: before = workspaceId } = fields;
  fields["workspaceId"] = before === workspaceId ? workspaceId : TENANT_WIDE;
}

function memberScope(
  ctx: RequestContext,
  { principal, misplaced }: Authenticated,
  permission: Permission,
  inputs: Inputs,
): ResolvedScope {
  const header = ctx.workspaceHeader?.toLowerCase();
  if (header !== undefined && header !== TENANT_WIDE && !isId(header)) {
    throw invalidField("X-Workspace-Id", "must be a workspace's id, or * for the whole tenant");
  }
  const home: Scope = {
    tenantId: principal.tenantId,
    workspaceId: null,
    region: principal.region,
    cell: principal.cell,
  };
  // Where the caller stands, so that those who watch that workspace see the attempt.
  const only = onlyWorkspace(principal, ctx.deps.now());
  const standing = { ...home, workspaceId: only };
  const ids = { ...inputs, headerId: header, cursorId: inputs["cursor"] };
  if (misplaced || foreignId(ids, principal.cell))
    return { scope: standing, refused: "region_mismatch" };
  const tenantId = inputs["tenantId"];
  if (typeof tenantId === "string" && tenantId !== principal.tenantId)
    return { scope: standing, refused: "tenant_mismatch" };
  if (PERMISSIONS[permission].scope !== "workspace") return { scope: home, refused: undefined };
  return workspaceScope(permission, { home, only }, principal, header, inputs);
}

const TENANT_WIDE_WRITES: readonly Permission[] = [
  "member:invite",
  "invitation:revoke",
  "role:grant",
  "role:remove",
  "service:create",
  "service:disable",
  "service:enable",
  "api_key:create",
  "api_key:rotate",
  "api_key:revoke",
];

/** What is read may be read of all workspaces at once; what is made belongs to one, but for who calls and may what. */
function mayBeTenantWide(permission: Permission): boolean {
  return PERMISSIONS[permission].effect === "read" || TENANT_WIDE_WRITES.includes(permission);
}

function workspaceScope(
  permission: Permission,
  { home, only }: { readonly home: Scope; readonly only: string | null },
  principal: Principal,
  header: string | undefined,
  inputs: Inputs,
): ResolvedScope {
  const asked = inputs["tenantWide"] === true ? TENANT_WIDE : (inputs["workspaceId"] ?? header);
  const named = [principal.credentialWorkspaceId, inputs["workspaceId"], asked].filter(
    (value): value is string => typeof value === "string",
  );
  const fromHeader =
    header !== undefined && header !== TENANT_WIDE && asked !== TENANT_WIDE ? [header] : [];
  const distinct = [...new Set([...named, ...fromHeader])];
  if (distinct.length > 1) return { scope: home, refused: "workspace_mismatch" };
  if (distinct[0] === TENANT_WIDE && !mayBeTenantWide(permission)) {
    return { scope: home, refused: "workspace_required" };
  }
  return {
    scope: { ...home, workspaceId: distinct[0] ?? only },
    refused: undefined,
  };
}

/**
 * The one workspace that the principal has a role in, when there is exactly one and no tenant-wide role. Roles that have
 * ended count where there are no others: whoever has none any more is told so.
 */
function onlyWorkspace({ bindings }: Principal, now: number): string | null {
  const live = bindings.filter((binding) => isLive(binding, now));
  const ids = new Set((live.length > 0 ? live : bindings).map(({ workspaceId }) => workspaceId));
  const [only] = ids;
  return ids.size === 1 && typeof only === "string" ? only : null;
}

/** A platform administrator acts in the cell that the request names, as the platform principal of that cell. */
async function platformScope(
  ctx: RequestContext,
  caller: Authenticated,
  permission: Permission,
  inputs: Inputs,
): Promise<Standing> {
  const cell = cellNamed(ctx, inputs) ?? caller.principal.cell;
  const region = ctx.deps.cells.find((served) => served.code === cell)?.region;
  const named = permission === "tenant:create" ? undefined : inputs["tenantId"];
  // The reserved tenant is nobody's company: nothing is made in it, and nobody is invited to it.
  if (region === undefined || named === platformTenantId(cell)) return ofNobody(caller);
  if (permission === "workspace:create" && named === undefined) {
    throw invalidField("tenantId", "is needed from a platform administrator");
  }
  const authenticated =
    cell === caller.principal.cell
      ? caller
      : await ctx.deps.authenticator.authenticate(ctx.credential, { cell });
  if (!authenticated) return ofNobody(caller);
  const tenantId = typeof named === "string" ? named : platformTenantId(cell);
  const resolved: ResolvedScope = {
    scope: { tenantId, workspaceId: null, region, cell },
    refused: undefined,
  };
  return { authenticated, resolved };
}

/** Denied like another tenant's, so that the attempt is on record. */
function ofNobody(authenticated: Authenticated): Standing {
  const { tenantId, region, cell } = authenticated.principal;
  const scope = { tenantId, workspaceId: null, region, cell };
  return { authenticated, resolved: { scope, refused: "tenant_mismatch" } };
}

/** A list of the platform's goes on in the cell of its cursor. */
function isListed(cursor: unknown): cursor is string {
  return typeof cursor === "string" && isId(cursor);
}

function cellNamed(ctx: RequestContext, inputs: Inputs): number | undefined {
  if (typeof inputs["tenantId"] === "string") return cellOf(inputs["tenantId"]);
  if (isListed(inputs["cursor"])) return cellOf(inputs["cursor"]);
  if (typeof inputs["region"] !== "string") return undefined;
  const served = ctx.deps.cells.filter((cell) => cell.region === inputs["region"]);
  if (served.length > 0) return served[served.length - 1]?.code;
  throw invalidField("region", `${inputs["region"]} is not a region of this deployment`, [
    ...new Set(ctx.deps.cells.map((cell) => cell.region)),
  ]);
}
