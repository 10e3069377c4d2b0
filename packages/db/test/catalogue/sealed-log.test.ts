import { type FreshCells, freshCells } from "@aic-sos/testkit/fresh-cells";
import { freshId } from "@aic-sos/testkit/make-id";
import { makeTenant } from "@aic-sos/testkit/make-tenant";
import type { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connected, INTO_INBOX, insertRow, rolledBack, sealBatch, sqlState } from "./catalogue.ts";
import { type FullTenant, fillTenant, sealedEvent } from "./fixture.ts";

let cells: FreshCells;
let superuser: Client;
let audit: Client;
let sealer: Client;
let full: FullTenant;

beforeAll(async () => {
  cells = await freshCells();
  superuser = await cells.superuser(cells.us);
  full = await fillTenant(superuser, cells.us);
  [audit, sealer] = await Promise.all([
    connected(cells.us.urls.audit),
    connected(cells.us.urls.sealer),
  ]);
});
afterAll(async () => {
  await Promise.all([audit, sealer].map((client) => client?.end()));
  await cells?.drop();
});

/** An event of the tenant; what is given replaces what it says. */
function eventOf(said: object = {}): { id: string; event: string } {
  const { id, event } = sealedEvent({ tenantId: full.tenant.id, actorId: full.userId });
  return { id: String(id), event: JSON.stringify({ ...JSON.parse(String(event)), ...said }) };
}

/** Puts one event of the tenant into the inbox and seals it. */
async function seal({ id, event }: { id: string; event: string }): Promise<void> {
  await audit.query(INTO_INBOX, [full.tenant.id, id, event]);
  await sealBatch(sealer, id);
}

/** SQLSTATE and constraint of a refusal. */
async function refusal(answer: Promise<unknown>): Promise<string> {
  return answer.then(
    () => "none",
    (error: { code: string; constraint: string }) => `${error.code} ${error.constraint}`,
  );
}

/** What the log says to an event whose text says something of another, or nothing that it could search by. */
const COLUMNS = "23514 audit_events_columns_check";

describe("the log", () => {
  it("takes events from nobody but out of the inbox", async () => {
    const row = { tenant_id: full.tenant.id, ...eventRow(2) };
    for (const role of ["app", "audit", "sealer", "jobs"] as const) {
      const client = await connected(cells.us.urls[role]);
      expect(await sqlState(insertRow(client, "audit_events", row)), role).toBe("42501");
      await client.end();
    }
  });

  it("is continued by the sealer alone", async () => {
    const call = "SELECT seal_events('{}', '{}', '{}', '{}', '{}')";
    for (const role of ["app", "audit", "jobs"] as const) {
      const client = await connected(cells.us.urls[role]);
      expect(await sqlState(client.query(call)), role).toBe("42501");
      await client.end();
    }
    expect(await sqlState(sealer.query(call))).toBe("none");
  });

  it("cannot fork: a sequence number is taken once", async () => {
    const again = { tenant_id: full.tenant.id, ...eventRow(1) };
    expect(await sqlState(insertRow(superuser, "audit_events", again))).toBe("23505");
  });

  it("takes no event whose hashes do not fit, not even from a superuser", async () => {
    const good = { tenant_id: full.tenant.id, ...eventRow(50) };
    const wrong = Buffer.alloc(32, 1);
    for (const changed of [
      { leaf_hash: wrong },
      { chain_hash: wrong },
      { previous_chain_hash: wrong },
      { event: "{ }" },
    ]) {
      const put = insertRow(superuser, "audit_events", { ...good, ...changed });
      expect(await sqlState(put), Object.keys(changed).join()).toBe("23514");
    }
  });

  it("belongs to a tenant that is there", async () => {
    const tenantId = freshId(cells.us.code);
    const first = {
      tenant_id: tenantId,
      ...sealedEvent({ tenantId, actorId: full.userId }),
    };
    const put = (row: object) => refusal(insertRow(superuser, "audit_events", { ...row }));
    expect(await put(first)).toBe("23503 audit_events_log_of_fkey");
    expect(await put({ ...first, log_of: null })).toBe("23514 audit_events_log_of_check");
    const later = { tenant_id: full.tenant.id, ...eventRow(60) };
    expect(await put({ ...later, log_of: full.tenant.id })).toBe("23514 audit_events_log_of_check");
  });

  it("takes no event under an id or for a tenant that its text does not name", async () => {
    for (const said of [{ id: freshId(cells.us.code) }, { tenantId: freshId(cells.us.code) }]) {
      expect(await refusal(seal(eventOf(said))), Object.keys(said).join()).toBe(COLUMNS);
    }
    expect(await refusal(seal(eventOf()))).toBe("none");
  });

  it("takes a workspace only as its column spells it", async () => {
    const { id } = full.workspace;
    for (const workspaceId of [id.toUpperCase(), `{${id}}`, id.replaceAll("-", "")]) {
      expect(await refusal(seal(eventOf({ workspaceId }))), workspaceId).toBe(COLUMNS);
    }
  });

  it("takes no time but an instant of our era", async () => {
    for (const time of ["infinity", "2026-01-01T00:00:00.000Z BC", "yesterday", null]) {
      expect(await refusal(seal(eventOf({ time }))), String(time)).toBe(COLUMNS);
    }
  });

  it("says in its columns what the text says", async () => {
    const resource = { type: "run", id: "r1" };
    const asked = { permission: "run:read", outcome: "deny", resource };
    const stored = async (said: object) => {
      const event = eventOf(said);
      await seal(event);
      const { rows } = await sealer.query(
        `select workspace_id, time, class, type, actor_id, action, outcome, resource_type, resource_id
          from audit_events where id = $1`,
        [event.id],
      );
      return rows[0];
    };
    const workspaceId = full.workspace.id;
    const time = "2026-02-03T04:05:06.789Z";
    expect(
      await stored({ ...asked, class: "decision", type: "decision.denied", time, workspaceId }),
    ).toEqual({
      workspace_id: workspaceId,
      time: new Date(time),
      class: "decision",
      type: "decision.denied",
      actor_id: full.userId,
      action: "run:read",
      outcome: "deny",
      resource_type: "run",
      resource_id: "r1",
    });
    // A permission is what a decision is about, and nothing else is.
    expect(await stored({ ...asked, class: "change" })).toMatchObject({
      workspace_id: null,
      action: "workspace.created",
    });
    expect(await stored({ class: "decision", type: "decision.allowed" })).toMatchObject({
      action: "decision.allowed",
      outcome: null,
      resource_type: null,
    });
  });
});

describe("a turn", () => {
  it("continues the logs of many tenants, whatever the order of the pieces", async () => {
    const tenants = await Promise.all(
      Array.from({ length: 3 }, () => makeTenant(superuser, cells.us)),
    );
    const batches: { tenantId: string; id: string; size: number }[] = [];
    for (const size of [3, 1, 2]) {
      for (const tenant of tenants) {
        const rows = Array.from({ length: size }, (_, n) =>
          sealedEvent({ tenantId: tenant.id, actorId: full.userId }, n),
        );
        const ids = rows.map(({ id }) => String(id));
        await audit.query(
          "INSERT INTO audit_inbox (tenant_id, id, size, event_ids, events) VALUES ($1, $2, $3, $4, $5)",
          [tenant.id, ids[0], size, ids, rows.map(({ event }) => event)],
        );
        batches.push({ tenantId: tenant.id, id: ids[0] ?? "", size });
      }
    }
    // Of a batch of three the last two; the first, later.
    const pieces = batches.map((batch) => ({ ...batch, first: batch.size === 3 ? 2 : 1 }));
    const late = batches.filter(({ size }) => size === 3);
    const sealPieces = async (
      some: readonly { tenantId: string; id: string; first: number; last: number }[],
    ) =>
      sealer.query(
        `SELECT seal_events(array_agg(i.ctid ORDER BY n.at), array_agg(i.tenant_id ORDER BY n.at), array_agg(i.id ORDER BY n.at),
            array_agg(n.first ORDER BY n.at), array_agg(n.last ORDER BY n.at))
          FROM unnest($1::uuid[], $2::integer[], $3::integer[]) WITH ORDINALITY AS n (id, first, last, at)
          JOIN audit_inbox AS i USING (id)`,
        [some.map(({ id }) => id), some.map(({ first }) => first), some.map(({ last }) => last)],
      );
    await sealPieces(pieces.map((piece) => ({ ...piece, last: piece.size })));
    await sealPieces(late.map((piece) => ({ ...piece, first: 1, last: 1 })));
    for (const { id: tenantId } of tenants) {
      const { rows } = await sealer.query(
        `SELECT seq::int, log_of, event::jsonb ->> 'n' AS n, previous_chain_hash = coalesce(lag(chain_hash) OVER (ORDER BY seq),
            decode(repeat('00', 32), 'hex')) AS follows FROM audit_events WHERE tenant_id = $1 ORDER BY seq`,
        [tenantId],
      );
      expect(rows.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6]);
      expect(rows.map(({ n }) => n)).toEqual(["1", "2", "0", "0", "1", "0"]);
      expect(rows.every(({ follows }) => follows)).toBe(true);
      expect(rows.map(({ log_of: of }) => of)).toEqual([tenantId, ...Array(5).fill(null)]);
    }
  });

  it("lets a batch go only when each of its events is in the log, one after another or not", async () => {
    const rows = Array.from({ length: 3 }, (_, n) =>
      sealedEvent({ tenantId: full.tenant.id, actorId: full.userId }, n),
    );
    const ids = rows.map(({ id }) => String(id));
    const insert =
      "INSERT INTO audit_inbox (tenant_id, id, size, event_ids, events) VALUES ($1, $2, $3, $4, $5)";
    await audit.query(insert, [full.tenant.id, ids[0], 3, ids, rows.map(({ event }) => event)]);
    const sealOne = (nth: number) =>
      sealer.query(
        "SELECT seal_events(ARRAY[ctid], ARRAY[tenant_id], ARRAY[id], ARRAY[$2::integer], ARRAY[$2::integer]) FROM audit_inbox WHERE id = $1",
        [ids[0], nth],
      );
    const letGo = () => sqlState(sealer.query("DELETE FROM audit_inbox WHERE id = $1", [ids[0]]));
    expect(await letGo()).toBe("AE005");
    for (const nth of [1, 3]) {
      await sealOne(nth);
      expect(await letGo(), `${nth} is sealed`).toBe("AE005");
    }
    await sealOne(2);
    expect(await letGo()).toBe("none");
  });

  it("says the same whatever the settings of the caller are", async () => {
    const { id, event } = eventOf({ time: "2026-02-03T04:05:06.789Z" });
    await audit.query(INTO_INBOX, [full.tenant.id, id, event]);
    const own = await connected(cells.us.urls.sealer);
    for (const set of [
      "datestyle = 'SQL, DMY'",
      "timezone = 'Asia/Tokyo'",
      "standard_conforming_strings = off",
      "bytea_output = 'escape'",
    ]) {
      await own.query(`SET ${set}`);
    }
    await sealBatch(own, id);
    await own.end();
    const { rows } = await sealer.query(
      "SELECT time, leaf_hash = sha256('\\x00'::bytea || convert_to(event, 'UTF8')) AS fits FROM audit_events WHERE id = $1",
      [id],
    );
    expect(rows).toEqual([{ time: new Date("2026-02-03T04:05:06.789Z"), fits: true }]);
  });

  it("takes nothing for a batch that is gone or of another place", async () => {
    const { id, event } = eventOf();
    await audit.query(INTO_INBOX, [full.tenant.id, id, event]);
    await rolledBack(sealer, async () => {
      const { rows } = await sealer.query(
        `SELECT * FROM audit_inbox AS i, seal_events(ARRAY['(9999,1)'::tid, i.ctid], ARRAY[i.tenant_id, i.tenant_id],
            ARRAY[i.id, $2::uuid], ARRAY[1, 1], ARRAY[1, 1]) WHERE i.id = $1`,
        [id, freshId(cells.us.code)],
      );
      expect(rows).toEqual([]);
    });
  });
});

function eventRow(seq: number) {
  return sealedEvent({ tenantId: full.tenant.id, actorId: full.userId, seq });
}
