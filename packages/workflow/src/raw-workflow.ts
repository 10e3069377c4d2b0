import type {
  ApprovalStep,
  ConnectorStep,
  DataClass,
  LlmStep,
  Step,
  ValueDeclaration,
  ValueDeclarations,
  WaitStep,
  WorkflowDefinition,
} from "./definition.ts";
import type { JsonObject } from "./json.ts";

type RawDeclaration = JsonObject & { readonly class?: DataClass; readonly optional?: boolean };
type RawDeclarations = { readonly [name: string]: RawDeclaration };

type Raw<S extends Step> = Omit<S, "needs" | "outputs"> & {
  readonly needs?: string | readonly string[];
  readonly outputs?: RawDeclarations;
};
type RawApproval = Omit<Raw<ApprovalStep>, "with"> & {
  readonly with: Omit<ApprovalStep["with"], "approvers"> & {
    readonly approvers: {
      readonly role: ApprovalStep["with"]["approvers"]["role"];
      readonly count?: number;
    };
  };
};

/** A document that the published schema accepts, as written: defaults missing, short forms allowed. */
export type RawStep = Raw<LlmStep> | Raw<ConnectorStep> | RawApproval | Raw<WaitStep>;
export type RawWorkflow = {
  readonly apiVersion: "aic-sos/v1";
  readonly kind: "Workflow";
  readonly metadata: {
    readonly name: string;
    readonly description?: string;
    readonly labels?: { readonly [name: string]: string };
  };
  readonly spec: {
    readonly riskTier: WorkflowDefinition["spec"]["riskTier"];
    readonly inputs?: RawDeclarations;
    readonly steps: readonly RawStep[];
  };
};

/** Fills the defaults in and brings short forms (`needs: a`, `if: ${{ … }}`) into the long one. */
export function normalise(raw: RawWorkflow): WorkflowDefinition {
  return {
    apiVersion: raw.apiVersion,
    kind: raw.kind,
    metadata: {
      name: raw.metadata.name,
      description: raw.metadata.description ?? "",
      labels: raw.metadata.labels ?? {},
    },
    spec: {
      riskTier: raw.spec.riskTier,
      inputs: declarations(raw.spec.inputs),
      steps: raw.spec.steps.map(step),
    },
  };
}

function step(raw: RawStep): Step {
  const common = {
    id: raw.id,
    needs: needsOf(raw),
    outputs: declarations(raw.outputs),
    ...(raw.if === undefined ? {} : { if: conditionOf(raw.if).source }),
  };
  if (raw.use === "llm") return { ...common, use: raw.use, with: raw.with };
  if (raw.use === "connector") return { ...common, use: raw.use, with: raw.with };
  if (raw.use === "wait") return { ...common, use: raw.use, with: raw.with };
  const { role, count = 1 } = raw.with.approvers;
  return { ...common, use: raw.use, with: { ...raw.with, approvers: { role, count } } };
}

/** `needs` as a list, whichever way it was written. */
export function needsOf(raw: RawStep): readonly string[] {
  const { needs = [] } = raw;
  return typeof needs === "string" ? [needs] : needs;
}

/** An `if` without its optional `${{ }}`, and where in the text it begins. */
export function conditionOf(text: string): { source: string; start: number } {
  const trimmed = text.trim();
  const wrapped = trimmed.startsWith("${{") && trimmed.endsWith("}}") && trimmed.length >= 5;
  const source = wrapped ? trimmed.slice(3, -2).trim() : trimmed;
  return { source, start: text.indexOf(source, wrapped ? text.indexOf("${{") + 3 : 0) };
}

function declarations(raw: RawDeclarations = {}): ValueDeclarations {
  return Object.fromEntries(Object.entries(raw).map(([name, value]) => [name, declaration(value)]));
}

function declaration(raw: RawDeclaration): ValueDeclaration {
  const { class: dataClass = "content", optional = false, ...schema } = raw;
  return { class: dataClass, optional, schema };
}
