import { t } from "../../trpc/init.ts";
import { createService } from "./create-service.ts";
import { disableService } from "./disable-service.ts";
import { enableService } from "./enable-service.ts";
import { listServices } from "./list-services.ts";

export const serviceRouter = t.router({
  create: createService,
  disable: disableService,
  enable: enableService,
  list: listServices,
});
