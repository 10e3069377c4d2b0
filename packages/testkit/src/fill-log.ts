import type { Client } from "pg";
import { freshId } from "./make-id.ts";
import type { TestPerson } from "./make-person.ts";
import type { TestTenant } from "./make-tenant.ts";
import type { TestWorkspace } from "./make-workspace.ts";

/** Whose log is filled, and with what in it. */
export interface LogPlace {
  readonly tenant: TestTenant;
  readonly workspaces: readonly [TestWorkspace, TestWorkspace];
  /** Does nearly everything. */
  readonly busy: TestPerson;
  /** Did ten things, ever. */
  readonly rare: TestPerson;
}

/** What can be looked for: of each there are ten events in a log of any size. */
export interface RareThings {
  readonly action: "workflow:delete";
  readonly type: "role.removed";
  readonly securityType: "security.region_mismatch";
  readonly resourceId: string;
  /** The time of the oldest event, and of the one in the middle. */
  readonly begin: string;
  readonly middle: string;
}

const STEP = 100_000;
const APART_MS = 50;

/**
 * Appends events to an empty log as fast as SQL can, past the sealer: dense, with hashes that fit their texts, but not chained
 * to one another. Of a hundred events one is a denial and two are changes. At most an event every 50 ms, the last one now.
 */
export async function fillLog(db: Client, place: LogPlace, count: number): Promise<RareThings> {
  const { tenant, workspaces, busy, rare } = place;
  const resourceId = freshId(tenant.cell);
  const end = Date.now();
  const begin = end - count * APART_MS;
  for (let from = 1; from <= count; from += STEP) {
    await db.query(INSERT, [
      from,
      Math.min(count, from + STEP - 1),
      count / 10,
      begin,
      tenant.id,
      tenant.cell,
      workspaces[0].id,
      workspaces[1].id,
      busy.id,
      rare.id,
      resourceId,
      tenant.region,
    ]);
  }
  await db.query("analyze audit_events");
  return {
    action: "workflow:delete",
    type: "role.removed",
    securityType: "security.region_mismatch",
    resourceId,
    begin: new Date(begin).toISOString(),
    middle: new Date(begin + (count * APART_MS) / 2).toISOString(),
  };
}

/** Ten of a kind: where n leaves a remainder of its own when divided by a tenth of all. */
const INSERT = `
insert into audit_events (tenant_id, id, workspace_id, seq, log_of, time, class, type, actor_id, action, outcome,
  resource_type, resource_id, event, leaf_hash, previous_chain_hash, chain_hash)
select $5::text::uuid, id::uuid, workspace_id::uuid, n, case n when 1 then $5::text::uuid end, time::timestamptz, class, type,
  actor_id, case class when 'decision' then permission else type end, event::jsonb ->> 'outcome',
  event::jsonb -> 'resource' ->> 'type', event::jsonb -> 'resource' ->> 'id', event, leaf, leaf, sha256(leaf || leaf)
from (
  select *, sha256('\\x00'::bytea || convert_to(event, 'UTF8')) as leaf from (
    select *, format('{"actor":{"authentication":"session","id":"%s","kind":"user"},"changes":[],"class":"%s","count":1,' ||
      '"decisionId":null,"id":"%s","outcome":%s,"permission":"%s","procedure":null,"reason":%s,"region":"%s","requestId":null,' ||
      '"resource":%s,"tenantId":"%s","time":"%s","type":"%s","v":1,"workspaceId":%s}',
      actor_id, class, id, case when class = 'change' then 'null' when denied then '"deny"' else '"allow"' end,
      permission, case when denied then '"role_lacks_permission"' else 'null' end, $12::text, resource, $5::text, time, type,
      coalesce('"' || workspace_id || '"', 'null')) as event
    from (
      select *,
        case class when 'change' then case when nth = 2 then 'role.removed' else 'run.created' end
          when 'security' then 'security.region_mismatch'
          else case when denied then 'decision.denied' else 'decision.allowed' end end as type
      from (
        select n, n % $3::bigint as nth,
          to_char(to_timestamp(ms / 1000.0) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as time,
          regexp_replace(lpad(to_hex(ms), 12, '0'), '(.{8})(.{4})', '\\1-\\2') || '-8' || lpad(to_hex($6::int), 3, '0') || '-8' ||
            regexp_replace(lpad(to_hex(n), 15, '0'), '(.{3})(.{12})', '\\1-\\2') as id,
          case when n % 10 = 0 then null when n % 3 = 0 then $7::text else $8::text end as workspace_id,
          case when n % $3 = 1 then $10::text else $9::text end as actor_id,
          case when n % $3 = 2 or n % 50 = 4 then 'change' when n % $3 = 3 then 'security' else 'decision' end as class,
          n % 100 = 5 or n % $3 = 3 as denied,
          case when n % $3 = 6 then 'workflow:delete' when n % 3 = 0 then 'run:read' else 'workflow:read' end as permission,
          case when n % $3 = 7 then '{"id":"' || $11::text || '","type":"run"}'
            when n % 2 = 0 then '{"id":"' || $8::text || '","type":"workspace"}' else 'null' end as resource
        from (select n, $4::bigint + n * 50 as ms from generate_series($1::bigint, $2::bigint) as n) as numbered
      ) as drawn
    ) as typed
  ) as said
) as hashed`;
