import { t } from "../../trpc/init.ts";
import { answerDevice } from "./answer-device.ts";
import { authorizeApp } from "./authorize-app.ts";
import { listAppSessions } from "./list-app-sessions.ts";
import { readAppRequest } from "./read-app-request.ts";
import { readDeviceRequest } from "./read-device-request.ts";
import { revokeAppSession } from "./revoke-app-session.ts";
import { revokeAppSessions } from "./revoke-app-sessions.ts";

export const appSessionRouter = t.router({
  answerDevice,
  authorize: authorizeApp,
  list: listAppSessions,
  readDevice: readDeviceRequest,
  readRequest: readAppRequest,
  revoke: revokeAppSession,
  revokeAll: revokeAppSessions,
});
