import { LinkedPerson, LinkPerson } from "@aic-sos/contract/persons";
import { rbacProcedure } from "../../trpc/procedures.ts";
import { personStore } from "./person.store.ts";

export const linkPerson = rbacProcedure("person:link", {
  rest: "POST /persons/link",
  summary: "Say that two members are one person: separation of duties then takes them for one",
  input: LinkPerson,
  output: LinkedPerson,
}).mutation(({ ctx, input }) => personStore.link(ctx.grant, input));
