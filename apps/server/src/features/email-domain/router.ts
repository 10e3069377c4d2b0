import { t } from "../../trpc/init.ts";
import { createEmailDomain } from "./create-email-domain.ts";
import { listEmailDomains } from "./list-email-domains.ts";
import { proveEmailDomain } from "./prove-email-domain.ts";
import { removeEmailDomain } from "./remove-email-domain.ts";

export const emailDomainRouter = t.router({
  create: createEmailDomain,
  list: listEmailDomains,
  prove: proveEmailDomain,
  remove: removeEmailDomain,
});
