import { EmailDomainPath, RemovedEmailDomain } from "@aic-sos/contract/email-domains";
import { rbacProcedure } from "../../trpc/procedures.ts";
import { emailDomainStore } from "./email-domain.store.ts";

export const removeEmailDomain = rbacProcedure("email_domain:remove", {
  rest: "DELETE /email-domains/{emailDomainId}",
  summary: "Give an email domain up",
  input: EmailDomainPath,
  output: RemovedEmailDomain,
}).mutation(({ ctx, input }) => emailDomainStore.remove(ctx.grant, input.emailDomainId));
