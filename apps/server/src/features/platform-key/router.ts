import { t } from "../../trpc/init.ts";
import { disablePlatformKey } from "./disable-platform-key.ts";
import { readPlatformKey } from "./read-platform-key.ts";
import { rotatePlatformKey } from "./rotate-platform-key.ts";

export const platformKeyRouter = t.router({
  disable: disablePlatformKey,
  read: readPlatformKey,
  rotate: rotatePlatformKey,
});
