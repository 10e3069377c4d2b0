import { PublishedWorkflow, Workflow, WorkflowVersionSource } from "@aic-sos/contract/workflows";
import { refusalOf, withDatabase } from "../database/look.ts";
import { exampleWorkflow } from "../example-workflow.ts";
import { type Check, databaseOf, type Gate, made } from "../gate.ts";
import { answered } from "../rest/caller.ts";
import { readOperations } from "../rest/operations.ts";
import { expectSame, expectThat } from "../unmet.ts";

/** What was published never changes: an update makes another version, and no role of the database can rewrite one. */
export const publishWorkflow: Check = {
  title: "publish (a second write to the version is refused)",
  run: async (gate) => {
    const { operator } = made(gate, "members");
    const workflow = made(gate, "workflow");
    const workspaceId = made(gate, "workspace").id;
    const published = answered(
      await operator.rest.call("POST", `/api/workflows/${workflow.id}/publish`, {
        body: { workspaceId },
      }),
      200,
      PublishedWorkflow,
    );
    expectSame("the published version", 1, published.version);
    expectSame("the environment when none is named", "prod", published.environment);

    const source = exampleWorkflow("gate-printer", "restart_twice");
    const updated = answered(
      await operator.rest.call("PUT", `/api/workflows/${workflow.id}`, {
        body: { source, workspaceId },
      }),
      200,
      Workflow,
    );
    expectSame("the version that a second write makes", 2, updated.latest.version);
    await firstVersionIsAsItWas(gate, workflow);
    await noOperationWritesVersions(gate);
    const refusals = await rewriteByHand(gate, published.versionId);
    await firstVersionIsAsItWas(gate, workflow);
    return `v1 in prod stays as it was; by SQL: ${refusals.join("; ")}`;
  },
};

async function firstVersionIsAsItWas(gate: Gate, workflow: Workflow): Promise<void> {
  const { operator } = made(gate, "members");
  const path = `/api/workspaces/${workflow.workspaceId}/workflows/${workflow.id}/versions/1`;
  const version = answered(await operator.rest.call("GET", path), 200, WorkflowVersionSource);
  expectSame("the source of version 1", workflow.source, version.source);
  expectSame("the digest of version 1", workflow.latest.digest, version.digest);
}

async function noOperationWritesVersions(gate: Gate): Promise<void> {
  const writing = (await readOperations(gate.stranger)).filter(
    ({ changes, path }) => changes && /\/versions\b/.test(path),
  );
  expectThat(
    writing.length === 0,
    "no operation of the API to write below /versions",
    writing.map(({ id }) => id),
  );
}

/** Every column, as the application, as the owner, and as a superuser, who is stopped by the trigger alone. */
async function rewriteByHand(gate: Gate, versionId: string): Promise<readonly string[]> {
  const database = databaseOf(gate, gate.region);
  const scope = { tenantId: made(gate, "tenant").id, workspaceId: "*" };
  const said: string[] = [];
  for (const role of ["app", "owner", "superuser"] as const) {
    const refusals = await withDatabase(database[role], async (client) => {
      const seen: string[] = [];
      for (const change of [
        "source = source || ' '",
        "digest = 'x'",
        "version = 9",
        "created_by = created_by",
      ]) {
        const refusal = await refusalOf(
          client,
          scope,
          `update workflow_versions set ${change} where id = $1`,
          [versionId],
        );
        expectThat(
          refusal !== undefined,
          `${role} not to be allowed: update … set ${change}`,
          "it was let through",
        );
        seen.push(refusal);
      }
      const gone = await refusalOf(client, scope, "delete from workflow_versions where id = $1", [
        versionId,
      ]);
      expectThat(
        gone !== undefined,
        `${role} not to be allowed to delete a version by hand`,
        "it was let through",
      );
      return seen;
    });
    said.push(`${role}: ${refusals[0] ?? ""}`);
  }
  return said;
}
