import { t } from "../../trpc/init.ts";
import { listClientAuthorities } from "./list-client-authorities.ts";
import { registerClientAuthority } from "./register-client-authority.ts";
import { removeClientAuthority } from "./remove-client-authority.ts";

export const clientAuthorityRouter = t.router({
  list: listClientAuthorities,
  register: registerClientAuthority,
  remove: removeClientAuthority,
});
