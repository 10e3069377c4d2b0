import { AuditEventPage } from "@aic-sos/contract/audit-events";
import { Me } from "@aic-sos/contract/members";
import { setTimeout as sleep } from "node:timers/promises";
import { signIn, type SignedIn } from "../browser/sign-in.ts";
import { countOf, tablesWith, withDatabase } from "../database/look.ts";
import { demoPerson } from "../demo-person.ts";
import { type Check, databaseOf, type Gate, made } from "../gate.ts";
import { answered, type CallOptions, type Method } from "../rest/caller.ts";
import { refused } from "../rest/problem.ts";
import { expectSame, expectThat } from "../unmet.ts";

/** A principal of one region names things of another: blocked before any look-up, and a security event at home. */
export const regionBoundary: Check = {
  title: "region (a US principal gets nothing of the EU; a security event is there)",
  run: async (gate) => {
    const { admin, auditor } = made(gate, "members");
    const abroad = await thingsAbroad(gate);
    const before = await rowsAbroad(gate);
    const decisionIds: string[] = [];
    const asked = requests(abroad.ids, made(gate, "workspace").id);
    for (const [method, path, options] of asked) {
      const problem = refused(await admin.rest.call(method, path, options), 403, "region_mismatch");
      expectSame(`the reason for ${method} ${path}`, "region_mismatch", problem.reason ?? null);
      decisionIds.push(problem.decisionId ?? "");
    }
    await eventsAtHome(gate, auditor, decisionIds);
    const after = await rowsAbroad(gate);
    for (const [table, count] of before)
      expectSame(`rows of ${table} in ${gate.otherRegion}`, count, after.get(table) ?? 0);
    await nothingOfCallersAbroad(gate, [admin, auditor]);
    return `${asked.length} requests for ${Object.keys(abroad.ids).length} nouns blocked, each a security event at home, none abroad`;
  },
};

type Ids = Readonly<Record<string, string>>;
type Request = readonly [Method, string, CallOptions];

/** Real things of the other region, as one of its administrators sees them. */
async function thingsAbroad(gate: Gate): Promise<{ readonly ids: Ids }> {
  const { browser, dev, otherRegion } = gate;
  const person = demoPerson(dev, otherRegion, "WorkspaceAdmin", "everywhere");
  const { rest } = await signIn(
    browser,
    dev.url,
    `/auth/login?tenant=${person.tenant.toLowerCase()}`,
    person,
  );
  const me = answered(await rest.call("GET", "/api/me"), 200, Me);
  const workspaces = (await rest.call("GET", "/api/workspaces")).body as {
    items: { id: string; name: string }[];
  };
  const workspaceId = workspaces.items.find(({ name }) => name !== "Network Operations")?.id ?? "";
  const first = async (path: string): Promise<string> => {
    const answer = await rest.call("GET", path, { workspaceId });
    const id = (answer.body as { items?: { id: string }[] } | undefined)?.items?.[0]?.id;
    expectThat(
      id !== undefined,
      `${answer.call} to list something of the demo data`,
      `${answer.status} ${answer.text}`,
    );
    return id;
  };
  return {
    ids: {
      tenantId: me.tenant.id,
      workspaceId,
      memberId: me.principal.id,
      workflowId: await first(`/api/workflows/${workspaceId}`),
      runId: await first("/api/runs"),
      providerKeyId: await first("/api/provider-keys"),
      connectorId: await first("/api/connectors"),
    },
  };
}

/** Each noun once at least, in paths, queries, bodies and the header; reads and changes. */
function requests(eu: Ids, workspaceId: string): readonly Request[] {
  const id = (name: string): string => eu[name] ?? "";
  const body = (fields: object): CallOptions => ({ body: { workspaceId, ...fields } });
  return [
    ["GET", `/api/tenants/${id("tenantId")}`, {}],
    ["GET", `/api/workspaces/${id("workspaceId")}`, {}],
    ["GET", `/api/workflows/${id("workspaceId")}`, {}],
    ["GET", `/api/workspaces/${id("workspaceId")}/workflows/${id("workflowId")}`, {}],
    ["GET", `/api/runs/${id("runId")}`, { workspaceId }],
    ["GET", `/api/runs?workspaceId=${id("workspaceId")}`, {}],
    ["GET", "/api/audit-events", { workspaceId: id("workspaceId") }],
    ["POST", "/api/runs", body({ workflowId: id("workflowId") })],
    ["POST", `/api/workflows/${id("workflowId")}/publish`, body({})],
    ["POST", "/api/validate-key", body({ providerKeyId: id("providerKeyId") })],
    [
      "PUT",
      `/api/connectors/${id("connectorId")}/credentials`,
      body({ credentials: { username: "x", password: "y" } }),
    ],
    ["POST", "/api/role-bindings", body({ memberId: id("memberId"), role: "Operator" })],
    ["DELETE", `/api/runs/${id("runId")}`, { workspaceId }],
  ];
}

const SEALED_WITHIN_MS = 20_000;

/** An auditor of the caller's own tenant finds a security event for each, once they are sealed. */
async function eventsAtHome(
  gate: Gate,
  auditor: SignedIn,
  decisionIds: readonly string[],
): Promise<void> {
  const end = Date.now() + SEALED_WITHIN_MS;
  let missing = decisionIds;
  while (missing.length > 0 && Date.now() < end) {
    const answer = await auditor.rest.call("GET", "/api/security-events?limit=100", {
      workspaceId: "*",
    });
    const { items } = answered(answer, 200, AuditEventPage);
    const found = items.filter(
      (event) => event.type === "security.region_mismatch" && event.region === gate.region,
    );
    missing = decisionIds.filter((id) => !found.some((event) => event.decisionId === id));
    if (missing.length > 0) await sleep(250);
  }
  expectThat(
    missing.length === 0,
    `the auditor to see a security event for each within ${SEALED_WITHIN_MS / 1000} s`,
    missing,
  );
}

/** Rows of each table abroad, but for those that its own people's being here changes. */
async function rowsAbroad(gate: Gate): Promise<ReadonlyMap<string, number>> {
  return withDatabase(databaseOf(gate, gate.otherRegion).superuser, async (client) => {
    const moving = new Set([
      "audit_inbox",
      "audit_events",
      "audit_checkpoints",
      "sessions",
      "rate_limits",
      "idempotency_keys",
    ]);
    const counts = new Map<string, number>();
    for (const table of await tablesWith(client, "tenant_id")) {
      if (!moving.has(table))
        counts.set(table, await countOf(client, `select count(*) from "${table}"`));
    }
    return counts;
  });
}

/** No event abroad speaks of the callers. */
async function nothingOfCallersAbroad(gate: Gate, callers: readonly SignedIn[]): Promise<void> {
  const ids = await Promise.all(
    callers.map(
      async ({ rest }) => answered(await rest.call("GET", "/api/me"), 200, Me).principal.id,
    ),
  );
  await withDatabase(databaseOf(gate, gate.otherRegion).superuser, async (client) => {
    for (const table of ["audit_inbox", "audit_events"]) {
      for (const id of [...ids, made(gate, "tenant").id]) {
        const sql = `select count(*) from ${table} as t where position($1 in t::text) > 0`;
        expectSame(
          `events in ${gate.otherRegion}'s ${table} about ${id}`,
          0,
          await countOf(client, sql, [id]),
        );
      }
    }
  });
}
