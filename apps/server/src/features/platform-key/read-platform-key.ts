import { PlatformKey, ReadPlatformKey } from "@aic-sos/contract/platform-key";
import { rbacProcedure } from "../../trpc/procedures.ts";
import { platformKeyStore } from "./platform-key.store.ts";

export const readPlatformKey = rbacProcedure("platform_key:read", {
  rest: "GET /platform-key",
  summary: "Whether the platform key lets anybody in, and since when; never the key",
  input: ReadPlatformKey,
  output: PlatformKey,
}).query(({ ctx }) => platformKeyStore.read(ctx));
