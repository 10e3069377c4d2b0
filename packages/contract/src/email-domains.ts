import { z } from "zod";
import { Id } from "./ids.ts";
import { pageInput, pageOf } from "./page.ts";
import { foldedAscii, Instant } from "./text.ts";

/** A registered domain or one below it, in lower case; other scripts in their `xn--` form. */
export const EmailDomainName = foldedAscii
  .max(230)
  .regex(
    /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])$/,
    "must be a domain such as example.com",
  );

/** Domains of one tenant, proved or not. */
export const MAX_EMAIL_DOMAINS = 100;

export const EmailDomain = z
  .object({
    id: Id,
    domain: z.string(),
    /** The DNS record that proves the domain: a TXT record of this name and value. */
    record: z.object({ name: z.string(), value: z.string() }),
    provedAt: Instant.nullable(),
    checkedAt: Instant.nullable(),
    /** The provider that alone speaks for the domain's addresses, if one does. */
    identityProviderId: Id.nullable(),
    createdAt: Instant,
  })
  .meta({ id: "EmailDomain" });
export type EmailDomain = z.infer<typeof EmailDomain>;

export const CreateEmailDomain = z.object({
  domain: EmailDomainName,
  identityProviderId: Id.optional(),
});
export const EmailDomainPath = z.object({ emailDomainId: Id });
export const RemovedEmailDomain = z.object({ id: Id });

export const ListEmailDomains = z.object(pageInput);
export const EmailDomainPage = pageOf(EmailDomain);
