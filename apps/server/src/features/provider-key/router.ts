import { t } from "../../trpc/init.ts";
import { createProviderKey } from "./create-provider-key.ts";
import { listProviderKeys } from "./list-provider-keys.ts";
import { validateProviderKey } from "./validate-provider-key.ts";

export const providerKeyRouter = t.router({
  create: createProviderKey,
  list: listProviderKeys,
  validate: validateProviderKey,
});
