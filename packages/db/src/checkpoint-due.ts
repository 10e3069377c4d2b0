import type pg from "pg";

/** A tenant's log as a checkpoint is to find it. */
export interface UncoveredLog {
  readonly tenantId: string;
  /** Events. */
  readonly size: number;
  readonly last: LastCheckpoint | undefined;
}

export interface LastCheckpoint {
  readonly size: number;
  readonly note: string;
  /** Seconds since it was made, by the database's clock. */
  readonly age: number;
}

/** How often logs get their checkpoints. */
export interface CheckpointPace {
  /** A checkpoint whenever a log has this many events more, at the multiples. */
  readonly events: number;
  /** And, while there are new events, one whenever the last is so old. */
  readonly seconds: number;
}

/** Checkpoints of one log in one go; the rest comes next time. */
const MOST_SIZES = 50;

/** The sizes at which a log needs checkpoints now, in order: each multiple that it has passed, and its head when it is time. */
export function dueSizes({ size, last }: UncoveredLog, pace: CheckpointPace): number[] {
  const from = last?.size ?? 0;
  const sizes: number[] = [];
  const first = (Math.floor(from / pace.events) + 1) * pace.events;
  for (let at = first; at <= size && sizes.length < MOST_SIZES; at += pace.events) sizes.push(at);
  const isTime = last === undefined || last.age >= pace.seconds;
  const isWhole = sizes.length < MOST_SIZES && (sizes.at(-1) ?? from) < size;
  return isTime && isWhole ? [...sizes, size] : sizes;
}

interface Row {
  readonly tenant_id: string;
  readonly seq: string;
  readonly tree_size: string | null;
  readonly note: string;
  readonly age: number;
}

const UNCOVERED = `cross join lateral (
    select seq from audit_events where tenant_id = t.tenant_id order by seq desc limit 1
  ) as head
  left join lateral (
    select tree_size, note, extract(epoch from clock_timestamp() - created_at)::double precision as age
    from audit_checkpoints where tenant_id = t.tenant_id order by tree_size desc limit 1
  ) as last on true
  where last.tree_size is null or last.tree_size < head.seq`;

/** Those of these tenants whose logs go beyond their last checkpoint. */
export async function uncoveredOf(
  client: pg.PoolClient,
  tenantIds: readonly string[],
): Promise<UncoveredLog[]> {
  const { rows } = await client.query<Row>({
    name: "checkpoint_due",
    text: `select t.tenant_id, head.seq, last.* from unnest($1::uuid[]) as t (tenant_id) ${UNCOVERED}`,
    values: [tenantIds],
  });
  return rows.map(logOf);
}

/** All of them: one probe of an index for each tenant. The sealer has no right to the table of tenants. */
export async function allUncovered(client: pg.PoolClient): Promise<UncoveredLog[]> {
  const { rows } = await client.query<Row>({
    name: "checkpoint_all",
    text: `with recursive t (tenant_id) as (
        (select tenant_id from audit_events order by tenant_id, seq limit 1)
        union all
        select (select e.tenant_id from audit_events as e where e.tenant_id > t.tenant_id order by e.tenant_id, e.seq limit 1)
        from t where t.tenant_id is not null
      )
      select t.tenant_id, head.seq, last.* from t ${UNCOVERED}`,
  });
  return rows.map(logOf);
}

function logOf(row: Row): UncoveredLog {
  const { tenant_id: tenantId, tree_size: treeSize, note, age } = row;
  const last = treeSize === null ? undefined : { size: Number(treeSize), note, age };
  return { tenantId, size: Number(row.seq), last };
}
