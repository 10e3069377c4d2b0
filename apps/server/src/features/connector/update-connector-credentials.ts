import { Connector, UpdateConnectorCredentials } from "@aic-sos/contract/connectors";
import { rbacProcedure } from "../../trpc/procedures.ts";
import { connectorStore } from "./connector.store.ts";

export const updateConnectorCredentials = rbacProcedure("connector_credentials:update", {
  rest: "PUT /connectors/{connectorId}/credentials",
  summary: "Replace a connector's credentials; they are sealed and never shown",
  input: UpdateConnectorCredentials,
  output: Connector,
}).mutation(({ ctx, input }) => connectorStore.updateCredentials(ctx, input));
