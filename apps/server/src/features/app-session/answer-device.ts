import { AnswerDevice, AnsweredDevice } from "@aic-sos/contract/app-sessions";
import { rbacProcedure } from "../../trpc/procedures.ts";
import { deviceRequestStore } from "./device-request.store.ts";
import { findDeviceRequest } from "./find-device-request.ts";

export const answerDevice = rbacProcedure("self:manage", {
  rest: "POST /app-sessions/device",
  summary: "Let a device in that shows this code, or refuse it",
  input: AnswerDevice,
  output: AnsweredDevice,
}).mutation(async ({ ctx, input }) => {
  const { grant, deps, authenticated } = ctx;
  const { id } = await findDeviceRequest(ctx, input.userCode);
  const answer = { id, sessionId: authenticated.credentialId, allow: input.allow };
  return deviceRequestStore.answer(grant, answer, deps.now());
});
