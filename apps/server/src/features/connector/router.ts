import { t } from "../../trpc/init.ts";
import { installConnector } from "./install-connector.ts";
import { listConnectors } from "./list-connectors.ts";
import { updateConnectorCredentials } from "./update-connector-credentials.ts";

export const connectorRouter = t.router({
  install: installConnector,
  list: listConnectors,
  updateCredentials: updateConnectorCredentials,
});
