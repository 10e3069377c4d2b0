import type { Express } from "express";
import type { Dependencies } from "../dependencies.ts";
import { beginPlatformLogin, finishPlatformLogin } from "../features/session/platform-login.ts";
import { callbackOf, leave } from "./login-step.ts";

const CALLBACK = "/auth/platform/callback";
const again = () => ({ as: "platform" });

/** The way in for platform administrators, where the configuration names a provider for them. */
export function platformRoutes(app: Express, deps: Dependencies): void {
  app.get(
    "/auth/platform/login",
    leave("/auth/platform/login", deps, () => beginPlatformLogin(deps), again),
  );
  app.get(
    CALLBACK,
    leave(CALLBACK, deps, (req) => finishPlatformLogin(deps, callbackOf(req)), again),
  );
}
