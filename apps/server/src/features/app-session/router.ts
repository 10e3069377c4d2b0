import { t } from "../../trpc/init.ts";
import { authorizeApp } from "./authorize-app.ts";
import { listAppSessions } from "./list-app-sessions.ts";
import { readAppRequest } from "./read-app-request.ts";
import { revokeAppSession } from "./revoke-app-session.ts";
import { revokeAppSessions } from "./revoke-app-sessions.ts";

export const appSessionRouter = t.router({
  authorize: authorizeApp,
  list: listAppSessions,
  readRequest: readAppRequest,
  revoke: revokeAppSession,
  revokeAll: revokeAppSessions,
});
