import { Workflow } from "@aic-sos/contract/workflows";
import { brokenWorkflow, exampleWorkflow } from "../example-workflow.ts";
import { type Check, made } from "../gate.ts";
import { answered } from "../rest/caller.ts";
import { refused } from "../rest/problem.ts";
import { expectSame, expectThat } from "../unmet.ts";

/** YAML becomes version 1 of a workflow; YAML with a mistake is refused, and the mistake shown at its line. */
export const createWorkflow: Check = {
  title: "create workflow (YAML)",
  run: async (gate) => {
    const { operator } = made(gate, "members");
    const workspaceId = made(gate, "workspace").id;
    const source = exampleWorkflow("gate-printer");
    const create = (text: string) =>
      operator.rest.call("POST", "/api/workflows", { body: { source: text, workspaceId } });
    const workflow = answered(await create(source), 201, Workflow);
    expectSame("the name out of the YAML", "gate-printer", workflow.name);
    expectSame("the first version", 1, workflow.latest.version);
    expectSame("the source as it was sent", source, workflow.source);
    gate.made.workflow = workflow;
    const { source: broken, line } = brokenWorkflow("gate-broken");
    const problem = refused(await create(broken), 422, "invalid_workflow");
    expectThat(
      (problem.errors ?? []).some((error) => error.line === line),
      `a problem in line ${line}`,
      problem,
    );
    refused(await create(": {"), 422, "invalid_workflow");
    return `${workflow.name} v1; a mistake is shown at line ${line}`;
  },
};
