import { randomBytes } from "node:crypto";
import { type FreshCells, freshCells } from "@aic-sos/testkit/fresh-cells";
import { freshId } from "@aic-sos/testkit/make-id";
import type { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  connected,
  enterScope,
  INTO_INBOX,
  insertRow,
  rolledBack,
  sealBatch,
  sqlState,
} from "./catalogue.ts";
import { type FullTenant, fillTenant, sealedEvent } from "./fixture.ts";

let cells: FreshCells;
let superuser: Client;
let audit: Client;
let sealer: Client;
let app: Client;
let full: FullTenant;

beforeAll(async () => {
  cells = await freshCells();
  superuser = await cells.superuser(cells.us);
  full = await fillTenant(superuser, cells.us);
  audit = await connected(cells.us.urls.audit);
  sealer = await connected(cells.us.urls.sealer);
  app = await connected(cells.us.urls.app);
});
afterAll(async () => {
  await Promise.all([audit, sealer, app].map((client) => client?.end()));
  await cells?.drop();
});

/** Which no compression makes short enough for an index. */
const randomText = () => randomBytes(4_000).toString("hex");

describe("the inbox", () => {
  it("takes an event of any tenant from the audit role, which cannot read it back", async () => {
    const row = [full.tenant.id, freshId(cells.us.code), "{}"];
    await rolledBack(audit, () => audit.query(INTO_INBOX, row));
    expect(await sqlState(audit.query(`${INTO_INBOX} RETURNING id`, row))).toBe("42501");
    expect(await sqlState(audit.query("SELECT FROM audit_inbox"))).toBe("42501");
    expect(await sqlState(audit.query("SELECT FROM audit_events"))).toBe("42501");
  });

  it("says itself when an event came in", async () => {
    const put = "INSERT INTO audit_inbox (tenant_id, id, size, event_ids, events, created_at)";
    const values = "VALUES ($1, $2, 1, ARRAY[$2::uuid], ARRAY['{}'], 'infinity')";
    const jobs = await connected(cells.us.urls.jobs);
    for (const role of [audit, app, jobs]) {
      const row = [full.tenant.id, freshId(cells.us.code)];
      expect(await sqlState(role.query(`${put} ${values}`, row))).toBe("42501");
    }
    await jobs.end();
  });

  it("takes an event of the application's own tenant only", async () => {
    const theirs = await fillTenant(superuser, cells.us);
    const eventOf = (tenantId: string) => {
      const { id, event } = sealedEvent({ tenantId, actorId: full.userId });
      return [tenantId, id, event];
    };
    await rolledBack(app, async () => {
      await enterScope(app, full.tenant.id);
      await app.query(INTO_INBOX, eventOf(full.tenant.id));
      expect(await sqlState(app.query(INTO_INBOX, eventOf(theirs.tenant.id)))).toBe("42501");
    });
  });

  it("takes nothing from the application that the log would not take", async () => {
    const { id, event } = sealedEvent({ tenantId: full.tenant.id, actorId: full.userId });
    const said = JSON.parse(String(event));
    const { actor: _, ...withoutActor } = said;
    const bad: Record<string, unknown> = {
      "no JSON": "not JSON",
      "an empty object": "{}",
      "U+0000": JSON.stringify({ ...said, n: "\u0000" }),
      "half a surrogate pair": JSON.stringify({ ...said, n: "\ud800" }),
      "another id": JSON.stringify({ ...said, id: freshId(cells.us.code) }),
      "another tenant": JSON.stringify({ ...said, tenantId: freshId(cells.us.code) }),
      "a workspace that is no id": JSON.stringify({ ...said, workspaceId: "here" }),
      "a workspace in capitals": JSON.stringify({
        ...said,
        workspaceId: full.workspace.id.toUpperCase(),
      }),
      "no class": JSON.stringify({ ...said, class: "gossip" }),
      "no time": JSON.stringify({ ...said, time: null }),
      "99 September": JSON.stringify({ ...said, time: "2026-09-99T00:00:00.000Z" }),
      "no type": JSON.stringify({ ...said, type: null }),
      "no actor": JSON.stringify(withoutActor),
      "an actor as long as a page": JSON.stringify({ ...said, actor: { id: "x".repeat(9_000) } }),
      "a resource as long as a page": JSON.stringify({ ...said, resource: { id: randomText() } }),
      "more than a page of anything": JSON.stringify({ ...said, n: "x".repeat(70_000) }),
    };
    for (const [what, text] of Object.entries(bad)) {
      await rolledBack(app, async () => {
        await enterScope(app, full.tenant.id);
        const refused = await sqlState(app.query(INTO_INBOX, [full.tenant.id, id, text]));
        expect(refused, what).toMatch(/^(?:23514|22.*)$/);
      });
    }
    await rolledBack(app, async () => {
      await enterScope(app, full.tenant.id);
      await app.query(INTO_INBOX, [full.tenant.id, id, event]);
    });
  });

  it("takes from nobody lists that are not of one length and counted from 1", async () => {
    const one = freshId(cells.us.code);
    const lists: readonly (readonly [string, string])[] = [
      ["{}", "{}"],
      [`{${one}}`, "{}"],
      [`{${one},${freshId(cells.us.code)}}`, '{"{}"}'],
      [`{${one}}`, "{NULL}"],
      [`{NULL}`, '{"{}"}'],
      [`[2:2]={${one}}`, '{"{}"}'],
      [`[0:1]={${freshId(cells.us.code)},${one}}`, '{"{}","{}"}'],
      [`{${one}}`, '[2:2]={"{}"}'],
      [`{{${one}}}`, '{"{}"}'],
      [`{${one}}`, '{{"{}"}}'],
      [`{${freshId(cells.us.code)}}`, '{"{}"}'],
    ];
    for (const [ids, events] of lists) {
      const put = audit.query(
        `INSERT INTO audit_inbox (tenant_id, id, size, event_ids, events)
          VALUES ($1, $2, cardinality($3::uuid[]), $3, $4::text[])`,
        [full.tenant.id, one, ids, events],
      );
      expect(await sqlState(put), `${ids} ${events}`).toBe("23514");
    }
  });

  it("takes from nobody what is no JSON, or JSON that the database cannot read", async () => {
    for (const text of [
      "not JSON",
      "",
      "[]",
      '{"a":"\\u0000"}',
      '{"a":"\\ud800"}',
      `{"a":"${"x".repeat(70_000)}"}`,
    ]) {
      const row = [full.tenant.id, freshId(cells.us.code), text];
      expect(await sqlState(audit.query(INTO_INBOX, row)), text.slice(0, 20)).toBe("23514");
    }
  });

  it("takes no event of a tenant that does not exist or of another cell", async () => {
    const unknown = freshId(cells.us.code);
    expect(await sqlState(audit.query(INTO_INBOX, [unknown, freshId(cells.us.code), "{}"]))).toBe(
      "23503",
    );
    expect(
      await sqlState(audit.query(INTO_INBOX, [full.tenant.id, freshId(cells.eu.code), "{}"])),
    ).toBe("23514");
  });

  it("gives the sealer a batch only once the log has exactly that", async () => {
    const facts = { tenantId: full.tenant.id, actorId: full.userId, seq: 2 };
    const row = sealedEvent(facts);
    await audit.query(INTO_INBOX, [full.tenant.id, row["id"], row["event"]]);
    const remove = "DELETE FROM audit_inbox WHERE id = $1";
    expect(await sqlState(sealer.query(remove, [row["id"]]))).toBe("AE005");
    await rolledBack(superuser, async () => {
      const another = { ...sealedEvent(facts, 2), id: row["id"] };
      await insertRow(superuser, "audit_events", { tenant_id: full.tenant.id, ...another });
      await superuser.query("SET LOCAL ROLE aic_sealer");
      expect(await sqlState(superuser.query(remove, [row["id"]]))).toBe("AE005");
    });
    await sealBatch(sealer, row["id"]);
    expect((await sealer.query(remove, [row["id"]])).rowCount).toBe(1);
  });
});

describe("the hashes of events that one may not see", () => {
  async function asApp<T extends object>(workspaceId: string, sql: string): Promise<T[]> {
    return rolledBack(app, async () => {
      await enterScope(app, full.tenant.id, workspaceId);
      return (await app.query<T>(sql)).rows;
    });
  }

  it("are those of the scope's tenant, from any of its workspaces, without any text", async () => {
    const theirs = await fillTenant(superuser, cells.us);
    const sql = "SELECT * FROM audit_hidden_links(1, 1000)";
    const [here, elsewhere] = [
      await asApp(full.workspace.id, sql),
      await asApp<{ seq: string }>(full.other.id, sql),
    ];
    expect(elsewhere).toEqual(here);
    expect(Object.keys(elsewhere[0] ?? {})).toEqual([
      "seq",
      "leaf_hash",
      "previous_chain_hash",
      "chain_hash",
      "text_hash",
    ]);
    const { rows } = await superuser.query(
      "SELECT seq FROM audit_events WHERE tenant_id = $1 ORDER BY seq",
      [full.tenant.id],
    );
    expect(elsewhere.map(({ seq }) => seq)).toEqual(rows.map(({ seq }) => seq));
    expect(theirs.tenant.id).not.toBe(full.tenant.id);
    expect(await asApp(full.other.id, "SELECT FROM audit_events")).toEqual([]);
  });

  it("are nobody's without a scope", async () => {
    expect((await app.query("SELECT FROM audit_hidden_links(1, 10)")).rowCount).toBe(0);
    expect((await app.query("SELECT FROM audit_leaf_hashes('{0}', '{10}')")).rowCount).toBe(0);
  });
});
