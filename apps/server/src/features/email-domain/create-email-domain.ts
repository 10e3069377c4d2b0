import { newSecret } from "@aic-sos/auth/secret";
import { CreateEmailDomain, EmailDomain } from "@aic-sos/contract/email-domains";
import { changeDigest } from "../../change-digest.ts";
import { rbacProcedure } from "../../trpc/procedures.ts";
import { emailDomainStore } from "./email-domain.store.ts";

export const createEmailDomain = rbacProcedure("email_domain:create", {
  rest: "POST /email-domains",
  summary: "Claim an email domain; answers with the DNS record that proves it",
  input: CreateEmailDomain,
  output: EmailDomain,
  status: 201,
}).mutation(async ({ ctx, input }) => {
  const digest = await changeDigest(ctx.deps, ctx.grant);
  return emailDomainStore.create(ctx.grant, input, { challenge: newSecret(), digest });
});
