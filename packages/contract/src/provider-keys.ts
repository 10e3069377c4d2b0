import { z } from "zod";
import { Id } from "./ids.ts";
import { pageInput, pageOf } from "./page.ts";
import { DisplayName, Instant, safeText } from "./text.ts";

export const PROVIDERS = ["openai", "azure_openai", "anthropic"] as const;
export const Provider = z.enum(PROVIDERS).meta({ id: "Provider" });
export type Provider = z.infer<typeof Provider>;

/** Printable ASCII without spaces: anything else cannot travel in an HTTP header and so is no key. */
export const ProviderSecret = z
  .string()
  .min(16, "must have at least 16 characters")
  .max(512, "must have at most 512 characters")
  .regex(/^[\x21-\x7e]+$/, "must be printable ASCII without spaces");

/** Azure OpenAI resources live below these; any other host would let a key be sent anywhere. */
const AZURE_HOST =
  /^https:\/\/[a-z0-9-]{2,64}\.(?:openai\.azure\.(?:com|us)|cognitiveservices\.azure\.com)\/?$/;

const AzureEndpoint = z
  .string()
  .max(255)
  .regex(AZURE_HOST, "must be the resource's address, such as https://my-resource.openai.azure.com")
  .optional();

export const ProviderKey = z
  .object({
    id: Id,
    workspaceId: Id,
    provider: Provider,
    name: z.string(),
    lastFour: z.string(),
    endpoint: z.string().nullable(),
    health: z.enum(["unknown", "valid", "invalid", "unreachable"]),
    checkedAt: Instant.nullable(),
    version: z.int().positive(),
    createdAt: Instant,
    createdBy: Id,
  })
  .meta({ id: "ProviderKey" });
export type ProviderKey = z.infer<typeof ProviderKey>;

export const CreateProviderKey = z
  .object({
    provider: Provider,
    name: DisplayName,
    key: ProviderSecret,
    endpoint: AzureEndpoint,
    workspaceId: Id.optional(),
  })
  .refine((input) => (input.provider === "azure_openai") === (input.endpoint !== undefined), {
    path: ["endpoint"],
    message: "azure_openai needs the resource's endpoint, the other providers take none",
  });

/** Warnings never block storing: a provider may change its key format before we know of it. */
export const CreatedProviderKey = z
  .object({ providerKey: ProviderKey, warnings: z.array(safeText({ max: 300 })) })
  .meta({ id: "CreatedProviderKey" });

export const ListProviderKeys = z.object({ workspaceId: Id.optional(), ...pageInput });
export const ProviderKeyPage = pageOf(ProviderKey);

export const ValidateKey = z.object({ providerKeyId: Id, workspaceId: Id.optional() });
export const ValidatedKey = z
  .object({
    providerKeyId: Id,
    health: ProviderKey.shape.health,
    models: z.int().nonnegative().nullable(),
    warning: z.string().nullable(),
    checkedAt: Instant,
  })
  .meta({ id: "ValidatedKey" });
