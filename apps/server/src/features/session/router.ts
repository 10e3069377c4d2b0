import { t } from "../../trpc/init.ts";
import { endSession } from "./end-session.ts";
import { listSessions } from "./list-sessions.ts";
import { revokeOtherSessions } from "./revoke-other-sessions.ts";
import { revokeSession } from "./revoke-session.ts";

export const sessionRouter = t.router({
  end: endSession,
  list: listSessions,
  revoke: revokeSession,
  revokeOthers: revokeOtherSessions,
});
