import { t } from "../../trpc/init.ts";
import { linkPerson } from "./link-person.ts";

export const personRouter = t.router({
  link: linkPerson,
});
