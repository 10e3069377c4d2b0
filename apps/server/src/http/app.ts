import type { RequestListener } from "node:http";
import express from "express";
import type { Dependencies } from "../dependencies.ts";
import { authRoutes } from "./auth-routes.ts";
import { authorizeRoute } from "./authorize-route.ts";
import { backchannelLogout } from "./backchannel-logout.ts";
import { clientCertificate } from "./client-certificate.ts";
import { console as consoleFiles } from "./console.ts";
import { crossSite } from "./cross-site.ts";
import { errorDocs } from "./error-docs.ts";
import { errors } from "./errors.ts";
import { forwardedHeaders } from "./forwarded-headers.ts";
import { health } from "./health.ts";
import { metrics } from "./metrics.ts";
import { observe } from "./observe.ts";
import { originForm } from "./origin-form.ts";
import { openApi } from "./openapi.ts";
import { requireCertificate } from "./require-certificate.ts";
import { platformRoutes } from "./platform-routes.ts";
import { rest } from "./rest.ts";
import { securityHeaders } from "./security-headers.ts";
import { tokenRoutes } from "./token-routes.ts";
import { trpc } from "./trpc.ts";
import { wellKnown } from "./well-known.ts";
import { workflowSchema } from "./workflow-schema.ts";

/** The application: an ordered list of steps. Their order is the way of a request. */
export function createApp(deps: Dependencies): RequestListener {
  const app = express();
  app.set("trust proxy", [...deps.config.listen.trustedProxies]);
  // One address, one spelling: steps that go by the address, such as that of the headers, see what the routes see.
  app.enable("case sensitive routing");
  const steps = [
    forwardedHeaders,
    observe,
    clientCertificate,
    securityHeaders,
    requireCertificate,
    crossSite,
    trpc,
    openApi,
    rest,
    authRoutes,
    platformRoutes,
    authorizeRoute,
    tokenRoutes,
    wellKnown,
    backchannelLogout,
    health,
    metrics,
    errorDocs,
    workflowSchema,
    consoleFiles,
    errors,
  ];
  for (const install of steps) install(app, deps);
  return originForm(app);
}
