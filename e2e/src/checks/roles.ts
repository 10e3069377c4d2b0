import { CreatedProviderKey } from "@aic-sos/contract/provider-keys";
import { Me } from "@aic-sos/contract/members";
import { PERMISSIONS } from "@aic-sos/contract/permissions";
import { Run } from "@aic-sos/contract/runs";
import { EXAMPLE_INPUTS, exampleWorkflow } from "../example-workflow.ts";
import { type Check, type Gate, made } from "../gate.ts";
import { answered, type CallOptions } from "../rest/caller.ts";
import { addressOf, readOperations, type RestOperation } from "../rest/operations.ts";
import { refused } from "../rest/problem.ts";
import { expectThat } from "../unmet.ts";
import { idsOf } from "./sees-nothing.ts";

/** Every operation that changes something, with input that would pass: refused for the role alone. */
export const auditorChangesNothing: Check = {
  title: "an auditor cannot delete or change anything",
  run: async (gate) => {
    const { auditor } = made(gate, "members");
    const bodies = await bodiesOf(gate);
    // Their own session they may end, like everybody.
    const operations = (await readOperations(auditor.rest)).filter(
      ({ changes, permission }) => changes && PERMISSIONS[permission].scope !== "self",
    );
    for (const operation of operations) {
      const { path, options } = attempt(gate, operation, bodies);
      const problem = refused(
        await auditor.rest.call(operation.method, path, options),
        403,
        "forbidden",
      );
      const reasons: readonly unknown[] = [
        "auditor_never_mutates",
        "role_lacks_permission",
        "platform_only",
      ];
      expectThat(
        reasons.includes(problem.reason),
        `${operation.id} to be refused for the role`,
        problem,
      );
    }
    expectThat(
      operations.length >= 12,
      "a dozen changing operations at least",
      operations.map(({ id }) => id),
    );
    return `${operations.length} changing operations refused`;
  },
};

export const operatorTriggersRuns: Check = {
  title: "an operator can trigger a run",
  run: async (gate) => {
    const { operator } = made(gate, "members");
    const body = {
      workflowId: made(gate, "workflow").id,
      workspaceId: made(gate, "workspace").id,
      inputs: EXAMPLE_INPUTS,
    };
    const run = answered(await operator.rest.call("POST", "/api/runs", { body }), 201, Run);
    const wrong = { ...body, inputs: { ticket: "not a ticket" } };
    refused(
      await operator.rest.call("POST", "/api/runs", { body: wrong }),
      422,
      "invalid_run_inputs",
    );
    return `${run.workflowName} v${run.workflowVersion}, ${run.state}`;
  },
};

export const integrationAdminStoresKeys: Check = {
  title: "an integration admin can store a key, an operator cannot",
  run: async (gate) => {
    const { integrationAdmin, operator } = made(gate, "members");
    const workspaceId = made(gate, "workspace").id;
    const body = {
      provider: "anthropic",
      name: "Anthropic",
      key: `sk-ant-api03-${gate.stamp.repeat(8)}`,
      workspaceId,
    };
    answered(
      await integrationAdmin.rest.call("POST", "/api/provider-keys", { body }),
      201,
      CreatedProviderKey,
    );
    const problem = refused(
      await operator.rest.call("POST", "/api/provider-keys", { body }),
      403,
      "forbidden",
    );
    expectThat(
      problem.reason === "role_lacks_permission",
      "the operator to lack the permission",
      problem,
    );
    return "stored by one, refused to the other with decision and reason";
  },
};

function attempt(gate: Gate, operation: RestOperation, bodies: Readonly<Record<string, object>>) {
  // Any id of the tenant's cell will do for a binding: the role is judged before the thing is looked for.
  const ids = { ...idsOf(gate), bindingId: made(gate, "workspace").id };
  const body = bodies[operation.id];
  const workspaceId = made(gate, "workspace").id;
  const hasBody = operation.method === "POST" || operation.method === "PUT";
  expectThat(
    !hasBody || body !== undefined,
    `the gate to have input for ${operation.id}; add it in roles.ts`,
    "none",
  );
  const options: CallOptions = { workspaceId, ...(hasBody ? { body } : {}) };
  return { path: addressOf(operation, ids), options };
}

/** Input of each operation that has a body, by operation. */
async function bodiesOf(gate: Gate): Promise<Readonly<Record<string, object>>> {
  const { operator } = made(gate, "members");
  const memberId = answered(await operator.rest.call("GET", "/api/me"), 200, Me).principal.id;
  const source = exampleWorkflow("gate-by-auditor");
  const { region } = gate;
  return {
    tenant_create: { name: "By an auditor", region },
    tenant_inviteAdministrator: {},
    platformKey_disable: {},
    platformKey_rotate: { overlapHours: 1 },
    workspace_create: { name: "By an auditor", region },
    workspace_updateDataMode: { dataPersistenceMode: "full" },
    member_invite: { email: "somebody@acme.example", role: "Operator" },
    member_grantRole: { memberId, role: "Approver" },
    providerKey_create: {
      provider: "openai",
      name: "By an auditor",
      key: "sk-proj-by-an-auditor-0123456789",
    },
    providerKey_validate: { providerKeyId: made(gate, "providerKeyId") },
    connector_install: {
      kind: "webhook",
      name: "By an auditor",
      config: { url: "https://hooks.example/itsm" },
    },
    connector_updateCredentials: {
      credentials: { signingSecret: "a signing secret of an auditor" },
    },
    apiKey_create: { serviceId: memberId, name: "By an auditor" },
    apiKey_rotate: { overlapHours: 1 },
    clientAuthority_register: { name: "By an auditor", certificatePem: "none" },
    emailDomain_create: { domain: "auditor.example" },
    emailDomain_prove: {},
    groupRule_create: { group: "auditors", role: "Operator" },
    identityProvider_create: {
      name: "By an auditor",
      issuer: "https://idp.example",
      clientId: "by-an-auditor",
    },
    identityProvider_test: {},
    identityProvider_update: { state: "disabled" },
    member_disable: {},
    member_enable: {},
    person_link: { memberId, otherMemberId: made(gate, "workspace").id },
    service_create: { name: "by-an-auditor", roles: ["Operator"] },
    service_disable: {},
    service_enable: {},
    webhook_create: { name: "By an auditor", url: "https://siem.example/in" },
    webhook_repeatDelivery: {},
    webhook_rotateSecret: {},
    webhook_test: {},
    webhook_update: { state: "disabled" },
    workflow_create: { source },
    workflow_update: { source },
    workflow_publish: {},
    run_create: { workflowId: made(gate, "workflow").id, inputs: EXAMPLE_INPUTS },
  };
}
