import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Harness, startHarness } from "./harness.ts";
import { freshName, makePlace, type Place } from "./places.ts";
import { problemIn } from "./procedure-calls.ts";
import { makeHome, yaml } from "./world.ts";

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
    await expect
      .poll(async () => (await harness.anonymous.get("/readiness")).status, { timeout: 10_000 })
      .toBe(200);
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
    await expect
      .poll(async () => (await abroad.admin.get("/api/me")).status, { timeout: 10_000 })
      .toBe(200);
  });
});

it("the workflow format is published as a JSON Schema, for editors of any origin", async () => {
  const { status, headers, body } = await harness.anonymous.get("/schemas/workflow-v1.json");
  expect(status).toBe(200);
  expect(headers.get("access-control-allow-origin")).toBe("*");
  expect(body).toMatchObject({
    $schema: "https://json-schema.org/draft/2020-12/schema",
    required: expect.arrayContaining(["apiVersion", "kind", "metadata", "spec"]),
  });
});

describe("while every connection to the database is cut, over and over", () => {
  it("nothing but 503 is answered to what fails, and what is sent again with its key is there once", async () => {
    const db = await harness.cells.superuser(harness.us);
    const names = Array.from({ length: 12 }, () => freshName("cut"));
    const send = (name: string) =>
      home.admin.post(
        "/api/workflows",
        { source: yaml(name) },
        { headers: { "idempotency-key": name } },
      );
    const cutAll = () =>
      db.query(
        "select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and usename like 'aic%'",
        [harness.us.database],
      );
    for (let round = 0; round < 3; round += 1) {
      const answers = Promise.all(names.flatMap((name) => [send(name), home.admin.get("/api/me")]));
      for (let cut = 0; cut < 5; cut += 1) await cutAll();
      for (const answer of await answers) {
        if (answer.status < 300) continue;
        expect(answer.status, answer.text).toBe(503);
        expect(answer.headers.get("content-type")).toContain("application/problem+json");
      }
    }
    const made = new Set<string>();
    for (const name of names) {
      let answer = await send(name);
      for (let again = 0; again < 10 && answer.status === 503; again += 1)
        answer = await send(name);
      expect(answer.status, answer.text).toBe(201);
      made.add((answer.body as { id: string }).id);
    }
    expect(made.size).toBe(names.length);
    const { rows } = await db.query<{ id: string }>(
      "select id from workflows where name = any ($1)",
      [names],
    );
    expect(new Set(rows.map(({ id }) => id))).toEqual(made);
    expect(rows).toHaveLength(names.length);
  });
});
