import { Prisma } from "./generated/client.ts";

export type ModelName = Prisma.ModelName;

type Scalars<M extends ModelName> = Prisma.TypeMap["model"][M]["payload"]["scalars"];

/**
 * How a model's rows belong to a scope.
 * - `workspace`: to one workspace
 * - `shared`: to one workspace, or (null) to the whole tenant
 * - `tenant`: to the tenant
 * - `itself`: the tenant's or the workspace's own row
 * - `nobody`: the same for every tenant
 */
type BelongsTo<M extends ModelName> = M extends "Tenant" | "Workspace"
  ? "itself"
  : Scalars<M> extends { tenantId: string }
    ? Scalars<M> extends { workspaceId: string }
      ? "workspace"
      : Scalars<M> extends { workspaceId: string | null }
        ? "shared"
        : "tenant"
    : "nobody";

/**
 * Every model of the schema. The type is computed from the schema: a model that is missing here, or stands here with
 * the wrong word, does not compile.
 */
export const MODEL_SCOPES: { readonly [M in ModelName]: BelongsTo<M> } = {
  Tenant: "itself",
  Workspace: "itself",
  Environment: "workspace",
  CellMarker: "nobody",
  Person: "tenant",
  User: "tenant",
  IdentityProvider: "tenant",
  Identity: "tenant",
  Invitation: "shared",
  EmailDomain: "tenant",
  GroupRule: "tenant",
  Role: "nobody",
  Permission: "nobody",
  RolePermission: "nobody",
  RoleBinding: "shared",
  ApiKey: "shared",
  ClientAuthority: "tenant",
  Session: "tenant",
  RefreshTokenFamily: "tenant",
  RefreshToken: "tenant",
  AuthorizationCode: "tenant",
  DeviceCode: "tenant",
  SigningKey: "tenant",
  DataKey: "tenant",
  ProviderKey: "workspace",
  ProviderKeyVersion: "workspace",
  ConnectorInstallation: "workspace",
  WorkspaceConfig: "workspace",
  Workflow: "workspace",
  WorkflowVersion: "workspace",
  WorkflowPublication: "workspace",
  WorkflowRelease: "workspace",
  Policy: "tenant",
  PolicyVersion: "tenant",
  PolicyBinding: "shared",
  Run: "workspace",
  Step: "workspace",
  ApprovalRequest: "workspace",
  ApprovalDecision: "workspace",
  Record: "workspace",
  RecordContent: "workspace",
  AuditInboxBatch: "tenant",
  AuditEvent: "shared",
  AuditCheckpoint: "tenant",
  AuditTreeNode: "tenant",
  CheckpointKey: "tenant",
  MeteringEvent: "workspace",
  IdempotencyKey: "tenant",
  RateLimit: "nobody",
  SecurityWebhook: "tenant",
  WebhookDelivery: "tenant",
};

/** Written and read by this package alone. */
export const INTERNAL_MODELS = [
  "AuditInboxBatch",
  "AuditTreeNode",
  "CellMarker",
  "CheckpointKey",
  "DataKey",
  "IdempotencyKey",
  "RateLimit",
] as const satisfies readonly ModelName[];

/** What a scoped client offers. */
export type ScopedModelName = Exclude<ModelName, (typeof INTERNAL_MODELS)[number]>;

export const modelNames = Object.keys(MODEL_SCOPES) as ModelName[];

/** The columns of a model: what `data` may name. Relations are not among them, so nothing can be written through one. */
export function columnsOf(model: ModelName): ReadonlySet<string> {
  return columns[model];
}

const columns = Object.fromEntries(
  modelNames.map((model) => [model, new Set(Object.keys(Prisma[`${model}ScalarFieldEnum`]))]),
) as unknown as Record<ModelName, ReadonlySet<string>>;
