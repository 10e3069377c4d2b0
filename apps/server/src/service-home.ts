import type { ScopedTransaction } from "@aic-sos/db/scoped";
import { type Grant, TENANT_WIDE, workspaceOf } from "@aic-sos/policy/grant";
import { AppError, notFound } from "./app-error.ts";

interface HomeService {
  readonly id: string;
  readonly name: string;
  readonly state: string;
  readonly roles: readonly string[];
}

/**
 * The service, where the grant administers it whole: one workspace's grant only a service that lives there, a
 * tenant-wide one any. Its row stays locked to the end of the transaction, so that two changes of one service follow
 * each other. Throws `not_found`.
 */
export async function lockService(
  tx: ScopedTransaction,
  grant: Grant,
  id: string,
): Promise<HomeService> {
  const where = { id, kind: "service", ...livingIn(grant) };
  const seen = await tx.user.findFirst({ where, select: { displayName: true } });
  if (!seen) throw notFound();
  await tx.user.updateMany({ where: { id }, data: { displayName: seen.displayName } });
  const row = await tx.user.findFirst({
    where,
    select: {
      serviceName: true,
      displayName: true,
      state: true,
      roleBindingsAsUser: { select: { role: true } },
    },
  });
  if (!row) throw notFound();
  return {
    id,
    name: row.serviceName ?? row.displayName,
    state: row.state,
    roles: row.roleBindingsAsUser.map((binding) => binding.role),
  };
}

/** A service lives in one workspace, or in the whole tenant: there, and nowhere else, it gets its roles. */
function livingIn(grant: Grant) {
  if (grant.workspaceId === TENANT_WIDE) return {};
  return { roleBindingsAsUser: { some: { workspaceId: grant.workspaceId } } };
}

/** Refuses to give a service a role where it does not live, and ever the Approver's. */
export async function refuseForService(
  tx: ScopedTransaction,
  grant: Grant,
  userId: string,
  role: string,
): Promise<void> {
  const service = await tx.user.findFirst({
    where: { id: userId, kind: "service" },
    select: { roleBindingsAsUser: { select: { workspaceId: true } } },
  });
  if (!service) return;
  if (role === "Approver") {
    throw new AppError("conflict", "Services never approve.", {
      errors: [{ field: "role", message: "cannot be a service's role" }],
    });
  }
  const here = workspaceOf(grant);
  const homes = service.roleBindingsAsUser.map((binding) => binding.workspaceId);
  if (here !== null && !homes.includes(here)) throw notFound();
  if (homes.some((home) => home !== here)) {
    throw new AppError(
      "conflict",
      "A service has its roles in one workspace or in the whole tenant, not in both; create another one.",
      { errors: [{ field: "tenantWide", message: "is not where the service has its roles" }] },
    );
  }
}
