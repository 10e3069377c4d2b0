import { type AppSession, AppSessionPage, ListAppSessions } from "@aic-sos/contract/app-sessions";
import { cellOf } from "@aic-sos/contract/ids";
import type { Dependencies } from "../../dependencies.ts";
import { deviceNameContext } from "../../issue-family.ts";
import { openText } from "../../open-text.ts";
import { iso, isoOrNull, toPage } from "../../page.ts";
import { nativeClient } from "../../token-settings.ts";
import { rbacProcedure } from "../../trpc/procedures.ts";
import { appSessionStore } from "./app-session.store.ts";

type Family = Awaited<ReturnType<typeof appSessionStore.list>>[number];

export const listAppSessions = rbacProcedure("self:read", {
  rest: "GET /app-sessions",
  summary: "List the apps and devices where one is signed in",
  input: ListAppSessions,
  output: AppSessionPage,
}).query(async ({ ctx, input }) => {
  const { grant, deps, authenticated } = ctx;
  const rows = await appSessionStore.list(grant, input, deps.now());
  const { items, nextCursor } = toPage(
    rows,
    input.limit,
    (row) => toAppSession(deps, grant.tenantId, row, row.id === authenticated.credentialId),
    (row) => row.id,
  );
  return { items: await Promise.all(items), nextCursor };
});

async function toAppSession(
  deps: Dependencies,
  tenantId: string,
  row: Family,
  current: boolean,
): Promise<AppSession> {
  const keyring = deps.keyringOf(cellOf(tenantId));
  return {
    id: row.id,
    current,
    app: nativeClient(deps.config.tokens, row.clientId)?.name ?? row.clientId,
    device: await openText(keyring, row.deviceNameSealed, deviceNameContext(tenantId, row.id)),
    workspaceId: row.boundWorkspaceId,
    createdAt: iso(row.createdAt),
    lastUsedAt: isoOrNull(row.lastUsedAt),
    endsAt: iso(row.absoluteExpiresAt),
  };
}
