import { ConnectorPage, ListConnectors } from "@aic-sos/contract/connectors";
import { rbacProcedure } from "../../trpc/procedures.ts";
import { connectorStore } from "./connector.store.ts";

export const listConnectors = rbacProcedure("connector:read", {
  rest: "GET /connectors",
  summary: "List the installed connectors",
  input: ListConnectors,
  output: ConnectorPage,
}).query(({ ctx, input }) => connectorStore.list(ctx.grant, input));
