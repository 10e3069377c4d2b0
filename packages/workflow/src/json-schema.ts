import { PROVIDERS } from "@aic-sos/contract/provider-keys";
import { ROLES } from "@aic-sos/contract/roles";
import { RISK_TIERS } from "@aic-sos/contract/workflows";
import { DECLARATION, VALUE_SCHEMA } from "./json-schema-subset.ts";
import { LIMITS } from "./limits.ts";

const NAME = {
  description:
    "a name: a lower-case letter, then letters, digits and underscores, at most 63 (it stands in expressions)",
  type: "string",
  pattern: "^[a-z][A-Za-z0-9_]{0,62}$",
} as const;

const DURATION = {
  description: "a duration: a whole number and s, m, h or d, such as 30m or 4h",
  type: "string",
  pattern: "^[1-9][0-9]{0,6}(s|m|h|d)$",
} as const;

const declarations = (most: number) =>
  ({
    type: "object",
    maxProperties: most,
    propertyNames: NAME,
    additionalProperties: { $ref: "#/$defs/declaration" },
  }) as const;

const template = (characters: number, description: string) =>
  ({ description, type: "string", minLength: 1, maxLength: characters }) as const;

const LLM_WITH = {
  type: "object",
  required: ["provider", "model", "prompt"],
  properties: {
    provider: { description: "whose key of the workspace is used", enum: PROVIDERS },
    model: {
      type: "string",
      minLength: 1,
      maxLength: 128,
      description: "the model, as its provider names it",
    },
    system: template(
      LIMITS.promptCharacters,
      "what the model is told about its task; may hold ${{ }}",
    ),
    prompt: template(LIMITS.promptCharacters, "what the model is asked; may hold ${{ }}"),
    temperature: { type: "number", minimum: 0, maximum: 2 },
    maxTokens: { type: "integer", minimum: 1, maximum: 200_000 },
  },
  additionalProperties: false,
} as const;

const CONNECTOR_WITH = {
  type: "object",
  required: ["connector", "action"],
  properties: {
    connector: {
      description: "name of a connector installed in the workspace",
      type: "string",
      minLength: 1,
      maxLength: 120,
    },
    action: {
      description: "what it shall do: words with dots, such as incident.update",
      type: "string",
      pattern: "^[a-z][A-Za-z0-9_]{0,62}(\\.[a-z][A-Za-z0-9_]{0,62}){0,3}$",
    },
    arguments: {
      description: "what the action is told; its texts may hold ${{ }}",
      type: "object",
      maxProperties: 100,
    },
  },
  additionalProperties: false,
} as const;

const APPROVAL_WITH = {
  type: "object",
  required: ["message", "approvers"],
  properties: {
    message: template(4_000, "what the approver reads before deciding; may hold ${{ }}"),
    approvers: {
      type: "object",
      required: ["role"],
      properties: {
        role: { description: "who may decide", enum: ROLES },
        count: {
          description: "how many different people must agree; 1 when left out",
          type: "integer",
          minimum: 1,
          maximum: LIMITS.approvers,
        },
      },
      additionalProperties: false,
    },
    expiresAfter: DURATION,
  },
  additionalProperties: false,
} as const;

const WAIT_WITH = {
  type: "object",
  minProperties: 1,
  maxProperties: 1,
  properties: {
    duration: DURATION,
    until: {
      description: "a date-time, or ${{ }} that gives one",
      type: "string",
      minLength: 1,
      maxLength: 2_000,
    },
  },
  additionalProperties: false,
} as const;

/** Ties the shape of `with` to `use`. The built-in outputs of an approval cannot be declared over. */
const byUse = (use: string, shape: string, declares: boolean) => ({
  if: { type: "object", properties: { use: { const: use } }, required: ["use"] },
  then: {
    type: "object",
    properties: { with: { $ref: `#/$defs/${shape}` }, ...(declares ? {} : { outputs: false }) },
  },
});

const STEP = {
  type: "object",
  required: ["id", "use", "with"],
  properties: {
    id: NAME,
    use: { description: "what the step does", enum: ["llm", "connector", "approval", "wait"] },
    with: { description: "what the step needs to know; its fields depend on use", type: "object" },
    needs: {
      description: "the step, or list of steps, that must have ended before this one starts",
      type: ["string", "array"],
      maxItems: LIMITS.needsPerStep,
      uniqueItems: true,
      items: { type: "string" },
    },
    if: {
      description: "a CEL expression over metadata; the step is skipped when it is false",
      type: "string",
      minLength: 1,
      maxLength: 2_000,
    },
    outputs: declarations(LIMITS.outputsPerStep),
  },
  additionalProperties: false,
  allOf: [
    byUse("llm", "llmWith", true),
    byUse("connector", "connectorWith", true),
    byUse("approval", "approvalWith", false),
    byUse("wait", "waitWith", false),
  ],
} as const;

/**
 * The published JSON Schema of the format, for editors, and the very schema that checks the structure here.
 * What it cannot say (graph, references, classes) the rules in src/rules add.
 */
export const WORKFLOW_JSON_SCHEMA = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  $id: "https://aic-sos.dev/schemas/workflow-v1.json",
  title: "AIC-SOS workflow, version 1",
  type: "object",
  required: ["apiVersion", "kind", "metadata", "spec"],
  properties: {
    apiVersion: { const: "aic-sos/v1" },
    kind: { const: "Workflow" },
    metadata: {
      type: "object",
      required: ["name"],
      properties: {
        name: {
          description:
            "a name: lower-case letters and digits with single hyphens between, at most 63",
          type: "string",
          maxLength: 63,
          pattern: "^[a-z][a-z0-9]*(-[a-z0-9]+)*$",
        },
        description: { type: "string", maxLength: 2_000 },
        labels: {
          type: "object",
          maxProperties: LIMITS.labels,
          propertyNames: {
            description: "a label's name: letters, digits and . _ - / between, at most 63",
            pattern: "^[A-Za-z0-9]([A-Za-z0-9._/-]{0,61}[A-Za-z0-9])?$",
          },
          additionalProperties: { type: "string", maxLength: 128 },
        },
      },
      additionalProperties: false,
    },
    spec: {
      type: "object",
      required: ["riskTier", "steps"],
      properties: {
        riskTier: { description: "how much harm a wrong run can do", enum: RISK_TIERS },
        inputs: declarations(LIMITS.inputs),
        steps: {
          type: "array",
          minItems: 1,
          maxItems: LIMITS.steps,
          items: { $ref: "#/$defs/step" },
        },
      },
      additionalProperties: false,
    },
  },
  additionalProperties: false,
  $defs: {
    step: STEP,
    llmWith: LLM_WITH,
    connectorWith: CONNECTOR_WITH,
    approvalWith: APPROVAL_WITH,
    waitWith: WAIT_WITH,
    declaration: DECLARATION,
    schema: VALUE_SCHEMA,
  },
} as const;
