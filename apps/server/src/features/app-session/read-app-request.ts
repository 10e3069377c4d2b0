import { AppRequest, ReadAppRequest } from "@aic-sos/contract/app-sessions";
import { notFound } from "../../app-error.ts";
import { answerTo } from "../../app-request.ts";
import { deviceOf } from "../../device-of.ts";
import { rbacProcedure } from "../../trpc/procedures.ts";
import { appSessionStore } from "./app-session.store.ts";
import { hasRoleIn, requireAppRequest } from "./require-app-request.ts";

export const readAppRequest = rbacProcedure("self:read", {
  rest: "GET /app-sessions/request",
  summary: "Say what an app asks for, before one lets it in",
  input: ReadAppRequest,
  output: AppRequest,
}).query(async ({ ctx, input }) => {
  const { grant, deps, authenticated, userAgent } = ctx;
  const client = requireAppRequest(deps, authenticated, input);
  const { workspaceId: id } = input;
  if (id !== undefined && !hasRoleIn(authenticated, id, deps.now())) throw notFound();
  const name = await appSessionStore.workspaceName(grant, id);
  if (id !== undefined && name === undefined) throw notFound();
  return {
    app: client.name,
    clientId: client.id,
    redirectTo: input.redirectUri,
    device: userAgent === undefined ? null : deviceOf(userAgent),
    workspace: id === undefined || name === undefined ? null : { id, name },
    refuseTo: answerTo(input, deps.config.publicUrl, { error: "access_denied" }),
  };
});
