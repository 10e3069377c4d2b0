import { Workflow, WorkflowPage } from "@aic-sos/contract/workflows";
import { exampleWorkflow } from "../example-workflow.ts";
import { type Check, made } from "../gate.ts";
import { answered } from "../rest/caller.ts";
import { expectSame, expectThat } from "../unmet.ts";

/** The list of a workspace has its own workflows; asked for an environment, only those published there. */
export const listPublished: Check = {
  title: "list published workflows, filtered by workspace",
  run: async (gate) => {
    const { operator, neighbour } = made(gate, "members");
    const workflow = made(gate, "workflow");
    const here = made(gate, "workspace").id;
    const there = made(gate, "otherWorkspace").id;
    const draft = { source: exampleWorkflow("gate-draft"), workspaceId: here };
    answered(await operator.rest.call("POST", "/api/workflows", { body: draft }), 201, Workflow);
    const list = async (
      who: typeof operator,
      workspaceId: string,
      query: string,
    ): Promise<readonly string[]> => {
      const page = answered(
        await who.rest.call("GET", `/api/workflows/${workspaceId}${query}`),
        200,
        WorkflowPage,
      );
      expectThat(
        page.items.every((item) => item.workspaceId === workspaceId),
        "only workflows of the workspace that was asked for",
        page.items,
      );
      return page.items.map(({ name }) => name);
    };
    const published = await list(operator, here, "?environment=prod");
    expectSame("published here", workflow.name, published.join(", "));
    expectSame(
      "published to staging here",
      "",
      (await list(operator, here, "?environment=staging")).join(", "),
    );
    expectSame(
      "all of them here",
      "gate-draft, gate-printer",
      (await list(operator, here, "")).toSorted().join(", "),
    );
    expectSame(
      "published there",
      "",
      (await list(neighbour, there, "?environment=prod")).join(", "),
    );
    return `${published.join(", ")} here, none there`;
  },
};
