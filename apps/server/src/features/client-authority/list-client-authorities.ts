import { ClientAuthorityPage, ListClientAuthorities } from "@aic-sos/contract/client-authorities";
import { rbacProcedure } from "../../trpc/procedures.ts";
import { clientAuthorityStore } from "./client-authority.store.ts";

export const listClientAuthorities = rbacProcedure("client_authority:read", {
  rest: "GET /client-authorities",
  summary: "List the CAs whose certificates let the tenant's services in",
  input: ListClientAuthorities,
  output: ClientAuthorityPage,
}).query(async ({ ctx: { grant, deps }, input }) => {
  const { trustDomain } = deps.config.mtls ?? {};
  const namePrefix =
    trustDomain === undefined ? null : `spiffe://${trustDomain}/${grant.region}/${grant.tenantId}/`;
  return { ...(await clientAuthorityStore.list(grant, input)), namePrefix };
});
