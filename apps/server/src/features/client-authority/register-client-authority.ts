import { ClientAuthority, RegisterClientAuthority } from "@aic-sos/contract/client-authorities";
import { rbacProcedure } from "../../trpc/procedures.ts";
import { clientAuthorityStore } from "./client-authority.store.ts";
import { limitAuthorities } from "./limit-authorities.ts";
import { readAuthority } from "./read-authority.ts";

export const registerClientAuthority = rbacProcedure("client_authority:register", {
  rest: "POST /client-authorities",
  summary: "Register a CA: certificates that it issues for the tenant's services let them in",
  input: RegisterClientAuthority,
  output: ClientAuthority,
  status: 201,
}).mutation(async ({ ctx: { grant, deps }, input }) => {
  await limitAuthorities(grant);
  const authority = readAuthority(input.certificatePem, deps.now());
  return clientAuthorityStore.register(grant, input.name, authority);
});
