import { t } from "../../trpc/init.ts";
import { endSession } from "./end-session.ts";

export const sessionRouter = t.router({
  end: endSession,
});
