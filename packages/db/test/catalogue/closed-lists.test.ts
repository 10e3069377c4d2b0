import { AUDIT_CLASSES } from "@aic-sos/contract/audit-events";
import { CONNECTOR_KINDS } from "@aic-sos/contract/connectors";
import { DATA_MODES } from "@aic-sos/contract/data-modes";
import { Member } from "@aic-sos/contract/members";
import { PERMISSIONS } from "@aic-sos/contract/permissions";
import { PRINCIPAL_KINDS } from "@aic-sos/contract/principals";
import { ProviderKey, PROVIDERS } from "@aic-sos/contract/provider-keys";
import { RECORD_KINDS } from "@aic-sos/contract/record-kinds";
import { ROLES } from "@aic-sos/contract/roles";
import { Run, RUN_STATES, STEP_STATES } from "@aic-sos/contract/runs";
import { Tenant } from "@aic-sos/contract/tenants";
import { DELIVERY_STATES, WEBHOOK_STATES } from "@aic-sos/contract/webhooks";
import { RISK_TIERS } from "@aic-sos/contract/workflows";
import { type FreshCells, freshCells } from "@aic-sos/testkit/fresh-cells";
import type { Client } from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";

let cells: FreshCells;
let db: Client;

beforeAll(async () => {
  cells = await freshCells();
  db = await cells.superuser(cells.us);
});
afterAll(() => cells?.drop());

const rules = Object.values(PERMISSIONS);

/** Lists that callers see: the database's must be the contract's. */
const OF_THE_CONTRACT: Readonly<Record<string, readonly string[]>> = {
  "tenants.state": Tenant.shape.state.options,
  "workspaces.data_persistence_mode": DATA_MODES,
  "users.kind": PRINCIPAL_KINDS,
  "users.state": Member.shape.state.options,
  "invitations.role": ROLES,
  "role_bindings.role": ROLES,
  "group_rules.role": ROLES,
  "permissions.scope": [...new Set(rules.map((rule) => rule.scope))],
  "permissions.effect": [...new Set(rules.map((rule) => rule.effect))],
  "provider_keys.provider": PROVIDERS,
  "provider_keys.health": ProviderKey.shape.health.options,
  "connector_installations.kind": CONNECTOR_KINDS,
  "workflow_versions.risk_tier": RISK_TIERS,
  "runs.state": RUN_STATES,
  "runs.trigger": Run.shape.trigger.options,
  "steps.state": STEP_STATES,
  "records.kind": RECORD_KINDS,
  "audit_events.class": AUDIT_CLASSES,
  "security_webhooks.state": WEBHOOK_STATES,
  "webhook_deliveries.state": DELIVERY_STATES,
};

/** Lists that only the database and its package know. */
const OF_THE_DATABASE = [
  "approval_decisions.verdict",
  "approval_requests.state",
  "data_keys.state",
  "identity_providers.state",
  "provider_key_versions.state",
  "records.class",
  "role_bindings.source",
  "steps.use",
];

async function closedLists(): Promise<Record<string, string[]>> {
  const { rows } = await db.query<{ column: string; definition: string }>(
    `SELECT con.conrelid::regclass || '.' || a.attname AS column, pg_get_constraintdef(con.oid) AS definition
       FROM pg_constraint con JOIN pg_attribute a ON a.attrelid = con.conrelid AND a.attnum = con.conkey[1]
       WHERE con.contype = 'c' AND cardinality(con.conkey) = 1 AND con.connamespace = 'public'::regnamespace`,
  );
  const lists = rows.flatMap(({ column, definition }) => {
    const list = /^CHECK \(\(\w+ = ANY \(ARRAY\[(.*)\]\)\)\)$/.exec(definition)?.[1];
    return list
      ? [[column, [...list.matchAll(/'([^']*)'::text/g)].map((match) => match[1] ?? "")] as const]
      : [];
  });
  return Object.fromEntries(lists);
}

it("every closed list of the contract is the database's CHECK, word for word", async () => {
  const inDatabase = await closedLists();
  for (const [column, list] of Object.entries(OF_THE_CONTRACT)) {
    expect((inDatabase[column] ?? []).toSorted(), column).toEqual(list.toSorted());
  }
});

it("every CHECK list is accounted for here", async () => {
  const known = [...Object.keys(OF_THE_CONTRACT), ...OF_THE_DATABASE];
  expect(Object.keys(await closedLists()).toSorted()).toEqual(known.toSorted());
});
