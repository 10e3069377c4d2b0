import { randomBytes } from "node:crypto";
import { makeId } from "@aic-sos/contract/ids";
import { makeWorkspace } from "@aic-sos/testkit/make-workspace";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Harness, startHarness } from "../../../test/harness.ts";
import { freshName, makePlace, type Place } from "../../../test/places.ts";
import { makeHome, yaml } from "../../../test/world.ts";

const PUBLICATIONS = 2_000;

let harness: Harness;
let place: Place;
let workflowId: string;

beforeAll(async () => {
  harness = await startHarness();
  const { tenant } = await makeHome(harness, harness.us);
  const workspace = await makeWorkspace(await harness.cells.superuser(harness.us), tenant);
  place = await makePlace(harness, tenant, workspace);
  workflowId = await makeTwoVersions();
});
afterAll(() => harness.stop());

async function makeTwoVersions(): Promise<string> {
  const source = yaml(freshName("busy"));
  const made = await place.admin.post("/api/workflows", { source });
  const { id } = made.body as { id: string };
  const again = source.replace("5m", "6m");
  expect((await place.admin.put(`/api/workflows/${id}`, { source: again })).status).toBe(200);
  return id;
}

async function publish(version: number, environment: string): Promise<void> {
  const answer = await place.admin.post(`/api/workflows/${workflowId}/publish`, {
    version,
    environment,
  });
  if (answer.status !== 200) throw new Error(answer.text);
}

async function listed(query = ""): Promise<Record<string, unknown>[]> {
  const answer = await place.admin.get(`/api/workflows/${place.workspace.id}${query}`);
  expect(answer.status, answer.text).toBe(200);
  return (answer.body as { items: Record<string, unknown>[] }).items;
}

async function publications(): Promise<unknown> {
  return (await listed()).find(({ id }) => id === workflowId)?.["publications"];
}

/** Publishes version 1 to `prod` and `test` in turn, past the API, a second ago. */
async function fillHistory(): Promise<void> {
  const db = await harness.cells.superuser(harness.us);
  const ids = Array.from({ length: PUBLICATIONS }, (_, at) =>
    makeId(harness.us.code, Date.now() - 1000 - PUBLICATIONS + at, randomBytes(8)),
  );
  await db.query(
    `insert into workflow_publications
      (tenant_id, workspace_id, id, workflow_id, workflow_version_id, environment_id, published_by)
      select v.tenant_id, v.workspace_id, p.id, v.workflow_id, v.id, e.id, v.created_by
      from unnest($1::uuid[]) with ordinality as p (id, at), workflow_versions as v, environments as e
      where v.workflow_id = $2 and v.version = 1 and e.tenant_id = v.tenant_id and e.workspace_id = v.workspace_id
        and e.name = case p.at % 2 when 0 then 'prod' else 'test' end`,
    [ids, workflowId],
  );
}

describe("a workflow with a long history of publications", () => {
  beforeAll(async () => {
    await publish(1, "test");
    await fillHistory();
    await publish(2, "prod");
  });

  it("is listed with one row for each environment, the latest first", async () => {
    const { rows } = await (await harness.cells.superuser(harness.us)).query(
      "select count(*)::int as n from workflow_publications where workflow_id = $1",
      [workflowId],
    );
    expect(rows).toEqual([{ n: PUBLICATIONS + 2 }]);
    expect(await publications()).toMatchObject([
      { environment: "prod", version: 2, publishedBy: place.admin.person.id },
      { environment: "test", version: 1, publishedBy: place.admin.person.id },
    ]);
  });

  it("is found by the environments where it is in force, and by no other", async () => {
    const ids = async (environment: string) =>
      (await listed(`?environment=${environment}`)).map(({ id }) => id);
    expect(await ids("test")).toEqual([workflowId]);
    expect(await ids("prod")).toContain(workflowId);
    expect(await ids("nowhere")).toEqual([]);
  });

  it("is listed, read and run without a look at the history", async () => {
    const db = await harness.cells.superuser(harness.us);
    await db.query("revoke select on workflow_publications from aic_app");
    try {
      expect(await publications()).toHaveLength(2);
      expect(await listed("?environment=test")).toHaveLength(1);
      const path = `/api/workspaces/${place.workspace.id}/workflows/${workflowId}`;
      expect((await place.admin.get(path)).status).toBe(200);
      for (const [environment, version] of [
        ["prod", 2],
        ["test", 1],
      ]) {
        const run = await place.admin.post("/api/runs", {
          workflowId,
          environment,
          inputs: { ticket: "INC1001" },
        });
        expect(run.body, run.text).toMatchObject({ workflowVersion: version });
      }
    } finally {
      await db.query("grant select on workflow_publications to aic_app");
    }
  });
});

describe("two publishes at once", () => {
  it("leave the later one in force", async () => {
    const db = await harness.cells.superuser(harness.us);
    for (let round = 0; round < 10; round += 1) {
      await Promise.all([publish(1, "prod"), publish(2, "prod")]);
      const { rows } = await db.query<{ version: number }>(
        `select v.version from workflow_publications as p
          join workflow_versions as v on v.tenant_id = p.tenant_id and v.id = p.workflow_version_id
          join environments as e on e.tenant_id = p.tenant_id and e.id = p.environment_id
          where p.workflow_id = $1 and e.name = 'prod' order by p.id desc limit 1`,
        [workflowId],
      );
      const [latest] = rows;
      expect(await publications()).toContainEqual(
        expect.objectContaining({ environment: "prod", version: latest?.version }),
      );
    }
  });
});
