import type { Provider } from "@aic-sos/contract/provider-keys";
import type { Role } from "@aic-sos/contract/roles";
import type { RiskTier } from "@aic-sos/contract/workflows";
import type { JsonObject, JsonValue } from "./json.ts";

/** `metadata` may be stored and computed with; `content` only passes through the agent. */
export type DataClass = "metadata" | "content";

/** An input or output: its class, and its JSON Schema (2020-12, the subset in json-schema.ts). */
export type ValueDeclaration = {
  readonly class: DataClass;
  /** An input that may be left out. One whose schema has a `default` may be left out too. */
  readonly optional: boolean;
  readonly schema: JsonObject;
};
export type ValueDeclarations = { readonly [name: string]: ValueDeclaration };

type StepBase = {
  readonly id: string;
  readonly needs: readonly string[];
  /** CEL that gives true or false, without `${{ }}`. */
  readonly if?: string;
  /** As declared. What a step really gives, built-in outputs too, says `outputsOf` in step-outputs.ts. */
  readonly outputs: ValueDeclarations;
};

export type LlmStep = StepBase & {
  readonly use: "llm";
  readonly with: {
    readonly provider: Provider;
    readonly model: string;
    readonly system?: string;
    readonly prompt: string;
    readonly temperature?: number;
    readonly maxTokens?: number;
  };
};

export type ConnectorStep = StepBase & {
  readonly use: "connector";
  readonly with: {
    /** Name of a connector installed in the workspace. */
    readonly connector: string;
    /** Such as `incident.update`. */
    readonly action: string;
    readonly arguments?: { readonly [name: string]: JsonValue };
  };
};

export type ApprovalStep = StepBase & {
  readonly use: "approval";
  readonly with: {
    readonly message: string;
    readonly approvers: { readonly role: Role; readonly count: number };
    /** Such as `4h`; an approval nobody gave by then counts as expired. */
    readonly expiresAfter?: string;
  };
};

export type WaitStep = StepBase & {
  readonly use: "wait";
  /** Exactly one of the two: `30m`, or a date-time (or an expression that gives one). */
  readonly with: { readonly duration?: string; readonly until?: string };
};

export type Step = LlmStep | ConnectorStep | ApprovalStep | WaitStep;

/** A valid workflow, defaults filled in; its canonical JSON is what the digest is over. */
export type WorkflowDefinition = {
  readonly apiVersion: "aic-sos/v1";
  readonly kind: "Workflow";
  readonly metadata: {
    readonly name: string;
    readonly description: string;
    readonly labels: { readonly [name: string]: string };
  };
  readonly spec: {
    readonly riskTier: RiskTier;
    readonly inputs: ValueDeclarations;
    readonly steps: readonly Step[];
  };
};
