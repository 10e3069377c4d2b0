import { ClientAuthorityPath, RemovedClientAuthority } from "@aic-sos/contract/client-authorities";
import { rbacProcedure } from "../../trpc/procedures.ts";
import { clientAuthorityStore } from "./client-authority.store.ts";

export const removeClientAuthority = rbacProcedure("client_authority:remove", {
  rest: "DELETE /client-authorities/{clientAuthorityId}",
  summary: "Remove a CA; every certificate under it is refused from its next request on",
  input: ClientAuthorityPath,
  output: RemovedClientAuthority,
}).mutation(({ ctx, input }) => clientAuthorityStore.remove(ctx.grant, input.clientAuthorityId));
