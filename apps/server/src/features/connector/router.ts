import { t } from "../../trpc/init.ts";
import { installConnector } from "./install-connector.ts";
import { listConnectors } from "./list-connectors.ts";
import { updateCredentials } from "./update-credentials.ts";

export const connectorRouter = t.router({
  install: installConnector,
  list: listConnectors,
  updateCredentials: updateCredentials,
});
