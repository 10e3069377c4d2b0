import { MAX_WEBHOOKS } from "@aic-sos/contract/webhooks";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Harness, startHarness } from "./harness.ts";
import { problemIn } from "./procedure-calls.ts";
import { makeActor, makeHome } from "./world.ts";

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness({ allow: ["127.0.0.1:9"] });
});
afterAll(() => harness.stop());

it("a tenant has twenty webhooks and never one more, also when many are made at once", async () => {
  const { tenant } = await makeHome(harness, harness.us);
  const boss = await makeActor(harness, tenant, { role: "WorkspaceAdmin" });
  const answers = await Promise.all(
    Array.from({ length: MAX_WEBHOOKS + 8 }, (_, index) =>
      boss.post("/api/webhooks", { name: `Hook ${index}`, url: "http://127.0.0.1:9/in" }),
    ),
  );
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(MAX_WEBHOOKS);
  for (const answer of answers.filter(({ status }) => status !== 201)) {
    expect(problemIn(answer), answer.text).toMatchObject({ code: "conflict" });
  }
  const db = await harness.cells.superuser(harness.us);
  const { rowCount } = await db.query("select from security_webhooks where tenant_id = $1", [
    tenant.id,
  ]);
  expect(rowCount).toBe(MAX_WEBHOOKS);
});
