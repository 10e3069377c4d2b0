import { z } from "zod";
import { Id } from "./ids.ts";
import { pageInput, pageOf } from "./page.ts";
import { DisplayName, Instant, safeText } from "./text.ts";

/** CAs of one tenant at the same time: each certificate that is shown is compared with all of them. */
export const MAX_CLIENT_AUTHORITIES = 20;

/** A CA whose certificates let the tenant's services in; without its key, which never comes here. */
export const ClientAuthority = z
  .object({
    id: Id,
    name: z.string(),
    subject: z.string(),
    /** SHA-256 of the certificate, in hex. */
    fingerprint: z.string(),
    /** When the CA itself ends, and with it all that it issued. */
    notAfter: Instant,
    /** When a service called with one of its certificates last. */
    lastUsedAt: Instant.nullable(),
    createdAt: Instant,
    createdBy: Id,
  })
  .meta({ id: "ClientAuthority" });
export type ClientAuthority = z.infer<typeof ClientAuthority>;

export const RegisterClientAuthority = z.object({
  name: DisplayName,
  /** One certificate, as PEM. */
  certificatePem: safeText({ min: 1, max: 16_384 }),
});
export type RegisterClientAuthority = z.output<typeof RegisterClientAuthority>;

export const ListClientAuthorities = z.object(pageInput);
export const ClientAuthorityPage = pageOf(ClientAuthority).extend({
  /** How the one URI of a certificate begins, before the service's name; null where none is taken here. */
  namePrefix: z.string().nullable(),
});
export const ClientAuthorityPath = z.object({ clientAuthorityId: Id });
export const RemovedClientAuthority = z.object({ id: Id }).meta({ id: "RemovedClientAuthority" });
