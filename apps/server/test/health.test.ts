import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Harness, startHarness } from "./harness.ts";
import { makePlace, type Place } from "./places.ts";
import { problemIn } from "./procedure-calls.ts";
import { makeHome } from "./world.ts";

let harness: Harness;
let home: Place;
let abroad: Place;

beforeAll(async () => {
  harness = await startHarness();
  const [one, two] = [await makeHome(harness, harness.us), await makeHome(harness, harness.eu)];
  home = await makePlace(harness, one.tenant, one.workspace);
  abroad = await makePlace(harness, two.tenant, two.workspace);
});
afterAll(() => harness.stop());

/** Takes the EU's database away from everybody, and gives it back. */
async function withoutEurope(use: () => Promise<void>): Promise<void> {
  const { database } = harness.eu;
  const db = await harness.cells.superuser(harness.us);
  await db.query(`alter database ${database} with allow_connections false`);
  await db.query(
    "select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and usename like 'aic%'",
    [database],
  );
  try {
    await use();
  } finally {
    await db.query(`alter database ${database} with allow_connections true`);
  }
}

describe("while a region's database is away", () => {
  it("the server is alive and not ready, says which, and is ready again by itself", async () => {
    await withoutEurope(async () => {
      const readiness = await harness.anonymous.get("/readiness");
      expect(readiness.status).toBe(503);
      expect(readiness.body).toMatchObject({
        status: "not_ready",
        cells: [
          { region: "us-east-1", state: "ready" },
          { region: "eu-west-1", state: "unavailable" },
        ],
      });
      expect(readiness.text).not.toContain(harness.eu.database);
      expect((await harness.anonymous.get("/health")).status).toBe(200);
    });
    await expect.poll(async () => (await harness.anonymous.get("/readiness")).status).toBe(200);
  });

  it("its people get 503 and no detail, the other region's people notice nothing", async () => {
    await withoutEurope(async () => {
      for (const answer of [
        await abroad.admin.get("/api/me"),
        await abroad.admin.get("/api/runs"),
        await abroad.admin.post("/api/runs", { workflowId: abroad.workflowId }),
        await abroad.admin.query("run.list", {}),
      ]) {
        expect(answer.status, answer.text).toBe(503);
        expect(problemIn(answer)?.["code"]).toMatch(/^(?:unavailable|audit_unavailable)$/);
        expect(answer.text).not.toMatch(/postgres|test_|aic_/);
      }
      expect((await home.admin.get("/api/runs")).status).toBe(200);
      expect(
        (
          await home.admin.post("/api/runs", {
            workflowId: home.workflowId,
            inputs: { ticket: "INC1000" },
          })
        ).status,
      ).toBe(201);
      const foreign = await home.admin.get(`/api/runs/${abroad.runId}`);
      expect([foreign.status, problemIn(foreign)?.["code"]]).toEqual([403, "region_mismatch"]);
    });
    await expect.poll(async () => (await abroad.admin.get("/api/me")).status).toBe(200);
  });
});
