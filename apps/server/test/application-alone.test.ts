import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { callEverything, type Cell, makePlaces, type Places } from "./access-cells.ts";
import { type Harness, startHarness } from "./harness.ts";
import type { Place } from "./places.ts";
import { makeActor } from "./world.ts";

// It would refuse to start, and rightly: what this file asks is what would happen behind it.
vi.mock("@aic-sos/db/self-check", () => ({ selfCheck: async () => undefined }));

let harness: Harness;
let places: Places;

beforeAll(async () => {
  harness = await startHarness({ appRole: { name: "unbound_application_alone" } });
  places = await makePlaces(harness);
});
afterAll(() => harness?.stop());

const idsOf = (place: Place) => Object.values(place).filter((id) => typeof id === "string");

/** Ids of another tenant in an answer, but for those that the call itself named. */
function leaked({ who, input, answer, place }: Cell): string[] {
  if (who === "Platform" || who === "Anonymous") return [];
  const own = JSON.stringify([input, idsOf(places[0]), place.issuer]);
  return [places[2], places[3]]
    .flatMap(idsOf)
    .filter((id) => answer.text.includes(id) && !own.includes(id));
}

describe("without row-level security (a role that bypasses it) the application alone", () => {
  it("sees every tenant's rows, so that the test below means something", async () => {
    const db = await harness.cells.superuser(harness.us);
    const { rows } = await db.query<{ unbound: boolean; connected: boolean }>(
      `select rolbypassrls as unbound, exists (select from pg_stat_activity
          where usename = rolname and datname = current_database()) as connected
        from pg_roles where rolname = 'unbound_application_alone'`,
    );
    expect(rows).toEqual([{ unbound: true, connected: true }]);
  });

  it("gives everybody in every place the very answers of the matrix, and names no row of another tenant", {
    timeout: 240_000,
  }, async () => {
    const leaks: string[] = [];
    const matrix = await callEverything(harness, places, (cell) => {
      for (const id of leaked(cell)) leaks.push(`${cell.procedure.key} as ${cell.who}: ${id}`);
    });
    expect(leaks).toEqual([]);
    const committed = fileURLToPath(new URL("../access-matrix.txt", import.meta.url));
    expect(matrix).toBe(await readFile(committed, "utf8"));
  });

  it("changes nothing from one workspace that the whole tenant shares", async () => {
    const [{ tenant, admin }] = places;
    const shared = await makeActor(harness, tenant, { role: "Operator" });
    const bindingId = shared.person.principal.bindings[0]?.id ?? "";
    expect((await admin.delete(`/api/role-bindings/${bindingId}`)).status).toBe(404);
    expect((await shared.get("/api/me")).body).toMatchObject({ tenantRoles: ["Operator"] });
  });
});
