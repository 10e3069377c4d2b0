import { EmailDomainPath, RemovedEmailDomain } from "@aic-sos/contract/email-domains";
import { changeDigest } from "../../change-digest.ts";
import { rbacProcedure } from "../../trpc/procedures.ts";
import { emailDomainStore } from "./email-domain.store.ts";

export const removeEmailDomain = rbacProcedure("email_domain:remove", {
  rest: "DELETE /email-domains/{emailDomainId}",
  summary: "Give an email domain up",
  input: EmailDomainPath,
  output: RemovedEmailDomain,
}).mutation(async ({ ctx, input }) =>
  emailDomainStore.remove(ctx.grant, input.emailDomainId, await changeDigest(ctx.deps, ctx.grant)),
);
