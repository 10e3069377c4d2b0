import { z } from "zod";
import { EmailDomainName } from "./email-domains.ts";
import { Id } from "./ids.ts";
import { pageInput, pageOf } from "./page.ts";
import { DisplayName, Instant, safeText } from "./text.ts";

/** Identity providers of one tenant. */
export const MAX_IDENTITY_PROVIDERS = 20;

/** An OpenID issuer. What the server accepts beyond this form, its discovery and the outbound guard say. */
const Issuer = z
  .string()
  .trim()
  .max(500)
  .pipe(z.url({ protocol: /^https?$/, error: "must be the issuer's https address" }));

/** RFC 6749 §3.3; `openid` is added where it is missing. */
const Scopes = z
  .string()
  .trim()
  .max(300)
  .regex(
    /^[\x21\x23-\x5b\x5d-\x7e]+(?: [\x21\x23-\x5b\x5d-\x7e]+)*$/,
    "must be scopes with a space between",
  );

const ClaimName = safeText({ min: 1, max: 200 });

/** Where the provider puts what is read; they differ in this. What is left out has its standard name. */
export const ClaimNames = z
  .strictObject({
    email: ClaimName.optional(),
    emailVerified: ClaimName.optional(),
    name: ClaimName.optional(),
    groups: ClaimName.optional(),
  })
  .meta({ id: "ClaimNames" });
export type ClaimNames = z.infer<typeof ClaimNames>;

/** Sent in an Authorization header or a form: printable ASCII. */
const ClientSecret = z
  .string()
  .min(1, "must not be empty")
  .max(1000)
  .regex(/^[\x20-\x7e]+$/, "must be printable ASCII");

export const IdentityProvider = z
  .object({
    id: Id,
    name: z.string(),
    issuer: z.string(),
    clientId: z.string(),
    /** Whether a client secret is kept; it is never shown. */
    confidential: z.boolean(),
    scopes: z.string(),
    claimNames: ClaimNames,
    /** The domains whose addresses this provider alone speaks for. */
    emailDomains: z.array(z.string()),
    state: z.enum(["active", "disabled"]),
    createdAt: Instant,
  })
  .meta({ id: "IdentityProvider" });
export type IdentityProvider = z.infer<typeof IdentityProvider>;

/** What reading the provider's metadata found, or why it cannot be used. */
export const Discovery = z
  .object({
    usable: z.boolean(),
    /** A code such as `provider_unreachable`, `wrong_issuer`, `no_pkce`, `no_usable_algorithm`; null where usable. */
    problem: z.string().nullable(),
    /** In a sentence. */
    means: z.string(),
    pkce: z.enum(["advertised", "unstated"]).nullable(),
    algorithms: z.array(z.string()),
    issInResponse: z.boolean(),
    endSession: z.boolean(),
  })
  .meta({ id: "Discovery" });
export type Discovery = z.infer<typeof Discovery>;

export const CreateIdentityProvider = z.object({
  name: DisplayName,
  issuer: Issuer,
  clientId: safeText({ min: 1, max: 500 }),
  /** None for a public client: then PKCE alone protects the code. */
  clientSecret: ClientSecret.optional(),
  scopes: Scopes.default("openid email profile"),
  claimNames: ClaimNames.default({}),
  emailDomains: z.array(EmailDomainName).max(100).default([]),
});
export type CreateIdentityProvider = z.output<typeof CreateIdentityProvider>;

/** What is left out stays; a null secret makes the client a public one. */
export const UpdateIdentityProvider = z.object({
  identityProviderId: Id,
  name: DisplayName.optional(),
  issuer: Issuer.optional(),
  clientId: safeText({ min: 1, max: 500 }).optional(),
  clientSecret: ClientSecret.nullable().optional(),
  scopes: Scopes.optional(),
  claimNames: ClaimNames.optional(),
  emailDomains: z.array(EmailDomainName).max(100).optional(),
  state: z.enum(["active", "disabled"]).optional(),
});
export type UpdateIdentityProvider = z.output<typeof UpdateIdentityProvider>;

export const SavedIdentityProvider = z
  .object({ identityProvider: IdentityProvider, discovery: Discovery })
  .meta({ id: "SavedIdentityProvider" });
export type SavedIdentityProvider = z.infer<typeof SavedIdentityProvider>;

export const IdentityProviderPath = z.object({ identityProviderId: Id });
export const TestedIdentityProvider = z
  .object({ id: Id, discovery: Discovery })
  .meta({ id: "TestedIdentityProvider" });
export const RemovedIdentityProvider = z.object({ id: Id });

export const ListIdentityProviders = z.object(pageInput);
export const IdentityProviderPage = pageOf(IdentityProvider);
