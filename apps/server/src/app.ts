import express, { type Express } from "express";
import type { Dependencies } from "./dependencies.ts";
import { authRoutes } from "./http/auth-routes.ts";
import { console as consoleFiles } from "./http/console.ts";
import { crossSite } from "./http/cross-site.ts";
import { errors } from "./http/errors.ts";
import { health } from "./http/health.ts";
import { metrics } from "./http/metrics.ts";
import { observe } from "./http/observe.ts";
import { openApi } from "./http/openapi.ts";
import { rest } from "./http/rest.ts";
import { securityHeaders } from "./http/security-headers.ts";
import { trpc } from "./http/trpc.ts";

/** The application: an ordered list of steps. Their order is the way of a request. */
export function createApp(deps: Dependencies): Express {
  const app = express();
  const steps = [
    observe,
    securityHeaders,
    health,
    metrics,
    crossSite,
    authRoutes,
    trpc,
    openApi,
    rest,
    consoleFiles,
    errors,
  ];
  for (const install of steps) install(app, deps);
  return app;
}
