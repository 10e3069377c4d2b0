import { t } from "../../trpc/init.ts";
import { readMe } from "./read-me.ts";

export const meRouter = t.router({
  read: readMe,
});
