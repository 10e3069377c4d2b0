import { Connector, InstallConnector } from "@aic-sos/contract/connectors";
import { rbacProcedure } from "../../trpc/procedures.ts";
import { connectorStore } from "./connector.store.ts";

export const installConnector = rbacProcedure("connector:install", {
  rest: "POST /connectors/install",
  summary: "Install a connector; credentials are sealed",
  input: InstallConnector,
  output: Connector,
  status: 201,
}).mutation(({ ctx, input }) => connectorStore.install(ctx, input));
