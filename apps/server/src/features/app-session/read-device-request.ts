import { DeviceRequest, ReadDeviceRequest } from "@aic-sos/contract/app-sessions";
import { cellOf } from "@aic-sos/contract/ids";
import { deviceDetailContext } from "../../device-codes.ts";
import { openText } from "../../open-text.ts";
import { iso } from "../../page.ts";
import { nativeClient } from "../../token-settings.ts";
import { rbacProcedure } from "../../trpc/procedures.ts";
import { findDeviceRequest } from "./find-device-request.ts";

export const readDeviceRequest = rbacProcedure("self:read", {
  rest: "GET /app-sessions/device",
  summary: "Say which device shows this code, before one lets it in",
  input: ReadDeviceRequest,
  output: DeviceRequest,
}).query(async ({ ctx, input }) => {
  const { deps, grant } = ctx;
  const { tenantId } = grant;
  const found = await findDeviceRequest(ctx, input.userCode);
  const { id, clientId, workspace } = found;
  const keyring = deps.keyringOf(cellOf(tenantId));
  const open = (field: "device_name_sealed" | "address_sealed", sealed: Uint8Array | null) =>
    openText(keyring, sealed, deviceDetailContext(tenantId, id, field));
  return {
    id,
    app: nativeClient(deps.config.tokens, clientId)?.name ?? clientId,
    clientId,
    device: await open("device_name_sealed", found.deviceNameSealed),
    address: await open("address_sealed", found.addressSealed),
    workspace,
    askedAt: iso(found.createdAt),
    endsAt: iso(found.expiresAt),
  };
});
