import { cellOf } from "@aic-sos/contract/ids";
import { ListSessions, type Session, SessionPage } from "@aic-sos/contract/sessions";
import type { Principal } from "@aic-sos/policy/principal";
import type { Dependencies } from "../../dependencies.ts";
import { openText } from "../../open-text.ts";
import { iso, toPage } from "../../page.ts";
import { platformSessionLimits, sessionLimits } from "../../session-settings.ts";
import { rbacProcedure } from "../../trpc/procedures.ts";
import { deviceOf } from "../../device-of.ts";
import { ownSessionsStore } from "./own-sessions.store.ts";
import { sessionSealContext } from "./session-seal-context.ts";

type SealedSession = Awaited<ReturnType<typeof ownSessionsStore.list>>[number];

export const listSessions = rbacProcedure("self:read", {
  rest: "GET /sessions",
  summary: "List one's own sessions, with the device and the address they began from",
  input: ListSessions,
  output: SessionPage,
}).query(async ({ ctx, input }) => {
  const { grant, deps, authenticated } = ctx;
  const rows = await ownSessionsStore.list(grant, input, deps.now());
  const { items, nextCursor } = toPage(
    rows,
    input.limit,
    (row) => toSession(deps, grant.tenantId, row, row.id === authenticated.credentialId),
    (row) => row.id,
  );
  const limits = limitsOf(deps, authenticated.principal);
  return { items: await Promise.all(items), nextCursor, limits };
});

function limitsOf({ config }: Dependencies, { kind }: Principal) {
  const limits = kind === "platform" ? platformSessionLimits : sessionLimits;
  const { idleMs, absoluteMs } = limits(config.sessions);
  return { idleMinutes: idleMs / 60_000, absoluteMinutes: absoluteMs / 60_000 };
}

async function toSession(
  deps: Dependencies,
  tenantId: string,
  row: SealedSession,
  current: boolean,
): Promise<Session> {
  const keyring = deps.keyringOf(cellOf(tenantId));
  const open = (field: "user_agent_sealed" | "ip_sealed", sealed: Uint8Array | null) =>
    openText(keyring, sealed, sessionSealContext(tenantId, row.id, field));
  const userAgent = await open("user_agent_sealed", row.userAgentSealed);
  return {
    id: row.id,
    current,
    device: userAgent === null ? null : deviceOf(userAgent),
    address: await open("ip_sealed", row.ipSealed),
    createdAt: iso(row.createdAt),
    lastSeenAt: iso(row.lastSeenAt),
    idleEndsAt: iso(row.idleExpiresAt),
    endsAt: iso(row.absoluteExpiresAt),
  };
}
