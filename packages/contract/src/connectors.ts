import { z } from "zod";
import { Id } from "./ids.ts";
import { pageInput, pageOf } from "./page.ts";
import { DisplayName, Instant, safeText } from "./text.ts";

export const CONNECTOR_KINDS = ["servicenow", "webhook"] as const;
export const ConnectorKind = z.enum(CONNECTOR_KINDS).meta({ id: "ConnectorKind" });
export type ConnectorKind = z.infer<typeof ConnectorKind>;

const HttpsAddress = z
  .url({ protocol: /^https$/, error: "must be an https address" })
  .max(500)
  // It is kept in the clear and shown to everyone who sees the connector.
  .refine((address) => !holdsCredentials(address), "must not hold a user name or password");

function holdsCredentials(address: string): boolean {
  const url = URL.parse(address);
  return url !== null && (url.username !== "" || url.password !== "");
}

/** What each kind is told; no secret belongs here. */
export const CONNECTOR_CONFIG = {
  servicenow: z.strictObject({ instanceUrl: HttpsAddress }),
  webhook: z.strictObject({ url: HttpsAddress }),
} as const;

/** What each kind authenticates with; sealed on arrival, never shown again. */
export const CONNECTOR_CREDENTIALS = {
  servicenow: z.strictObject({
    username: safeText({ min: 1, max: 200 }),
    password: safeText({ min: 1, max: 500 }),
  }),
  webhook: z.strictObject({ signingSecret: safeText({ min: 16, max: 500 }) }),
} as const;

const common = { name: DisplayName, workspaceId: Id.optional() };

export const InstallConnector = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("servicenow"),
    config: CONNECTOR_CONFIG.servicenow,
    credentials: CONNECTOR_CREDENTIALS.servicenow.optional(),
    ...common,
  }),
  z.object({
    kind: z.literal("webhook"),
    config: CONNECTOR_CONFIG.webhook,
    credentials: CONNECTOR_CREDENTIALS.webhook.optional(),
    ...common,
  }),
]);

export const Connector = z
  .object({
    id: Id,
    workspaceId: Id,
    kind: ConnectorKind,
    name: z.string(),
    config: z.record(z.string(), z.string()),
    hasCredentials: z.boolean(),
    credentialsUpdatedAt: Instant.nullable(),
    createdAt: Instant,
  })
  .meta({ id: "Connector" });
export type Connector = z.infer<typeof Connector>;

export const UpdateConnectorCredentials = z.object({
  connectorId: Id,
  workspaceId: Id.optional(),
  credentials: z.union([CONNECTOR_CREDENTIALS.servicenow, CONNECTOR_CREDENTIALS.webhook]),
});
export const ListConnectors = z.object({ workspaceId: Id.optional(), ...pageInput });
export const ConnectorPage = pageOf(Connector);
