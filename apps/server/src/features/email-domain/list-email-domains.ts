import { EmailDomainPage, ListEmailDomains } from "@aic-sos/contract/email-domains";
import { rbacProcedure } from "../../trpc/procedures.ts";
import { emailDomainStore } from "./email-domain.store.ts";

export const listEmailDomains = rbacProcedure("email_domain:read", {
  rest: "GET /email-domains",
  summary: "List the tenant's email domains with the records that prove them",
  input: ListEmailDomains,
  output: EmailDomainPage,
}).query(({ ctx, input }) => emailDomainStore.list(ctx.grant, input));
