import { setTimeout as sleep } from "node:timers/promises";
import { type FreshCells, freshCells } from "@aic-sos/testkit/fresh-cells";
import { freshId } from "@aic-sos/testkit/make-id";
import type { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connected, enterScope, sqlState } from "./catalogue.ts";
import { type FullTenant, fillTenant } from "./fixture.ts";

let cells: FreshCells;
let superuser: Client;
let app: Client;
let full: FullTenant;

beforeAll(async () => {
  cells = await freshCells();
  superuser = await cells.superuser(cells.us);
  full = await fillTenant(superuser, cells.us);
  app = await connected(cells.us.urls.app);
});
afterAll(async () => {
  await app?.end();
  await cells?.drop();
});

async function setMode(mode: string): Promise<void> {
  await superuser.query("UPDATE workspaces SET data_persistence_mode = $2 WHERE id = $1", [
    full.workspace.id,
    mode,
  ]);
}

function addContent(db: Client): Promise<unknown> {
  return db.query(
    "INSERT INTO record_contents (tenant_id, workspace_id, id, record_id, sealed) VALUES ($1, $2, $3, $4, 'x')",
    [full.tenant.id, full.workspace.id, freshId(cells.us.code), full.recordId],
  );
}

async function removeContent(): Promise<void> {
  await superuser.query("DELETE FROM record_contents WHERE record_id = $1", [full.recordId]);
}

describe("content", () => {
  it("is refused by the database in a metadata_only workspace, also by hand and from a superuser", async () => {
    await removeContent();
    await setMode("metadata_only");
    await app.query("BEGIN");
    await enterScope(app, full.tenant.id, full.workspace.id);
    expect(await sqlState(addContent(app))).toBe("AE003");
    await app.query("ROLLBACK");
    expect(await sqlState(addContent(superuser))).toBe("AE003");
  });

  it("is stored in a full workspace", async () => {
    await removeContent();
    await setMode("full");
    await app.query("BEGIN");
    await enterScope(app, full.tenant.id, full.workspace.id);
    await addContent(app);
    await app.query("COMMIT");
    const { rowCount } = await superuser.query("SELECT FROM record_contents");
    expect(rowCount).toBe(1);
  });

  it("that arrives while the mode is being taken away waits, and is refused", async () => {
    await removeContent();
    await setMode("full");
    await superuser.query("BEGIN");
    await setMode("metadata_only");
    await app.query("BEGIN");
    await enterScope(app, full.tenant.id, full.workspace.id);
    const { rows } = await app.query<{ pid: number }>("SELECT pg_backend_pid() AS pid");
    const arriving = sqlState(addContent(app));
    expect(await Promise.race([arriving, untilWaiting(rows[0]?.pid ?? 0)])).toBe("waiting");
    await superuser.query("COMMIT");
    expect(await arriving).toBe("AE003");
    await app.query("ROLLBACK");
  });

  it("holds back a change of the mode until it is stored", async () => {
    await removeContent();
    await setMode("full");
    await app.query("BEGIN");
    await enterScope(app, full.tenant.id, full.workspace.id);
    await addContent(app);
    await superuser.query("SET lock_timeout = '100ms'");
    expect(await sqlState(setMode("metadata_only"))).toBe("55P03");
    await superuser.query("RESET lock_timeout");
    await app.query("COMMIT");
    await setMode("metadata_only");
  });
});

/** Resolves once the session waits for a lock. The superuser's connection is free to ask, though in a transaction. */
async function untilWaiting(pid: number): Promise<"waiting"> {
  for (;;) {
    const { rowCount } = await superuser.query(
      "SELECT FROM pg_locks WHERE NOT granted AND pid = $1",
      [pid],
    );
    if (rowCount) return "waiting";
    await sleep(5);
  }
}
