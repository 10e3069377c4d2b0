import type { RequestListener } from "node:http";
import express, { type Express } from "express";
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
import { hostHeader } from "./host-header.ts";
import { metrics } from "./metrics.ts";
import { observe } from "./observe.ts";
import { originForm } from "./origin-form.ts";
import { openApi } from "./openapi.ts";
import { requireCertificate } from "./require-certificate.ts";
import { platformRoutes } from "./platform-routes.ts";
import { rest } from "./rest.ts";
import { securityHeaders } from "./security-headers.ts";
import type { Step } from "./step.ts";
import { tokenRoutes } from "./token-routes.ts";
import { trpc } from "./trpc.ts";
import { wellKnown } from "./well-known.ts";
import { workflowSchema } from "./workflow-schema.ts";

/** What every request goes through, in this order, before anything answers. */
const STEPS: readonly Step[] = [
  originForm,
  observe,
  forwardedHeaders,
  clientCertificate,
  securityHeaders,
  hostHeader,
  requireCertificate,
  crossSite,
  trpc,
];

/** Who answers at the other addresses. */
const ROUTES: readonly ((app: Express, deps: Dependencies) => void)[] = [
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

/** The application: steps in the order of a request, then the routes. */
export function createApp(deps: Dependencies): RequestListener {
  const app = express();
  app.disable("x-powered-by");
  // One address, one spelling: steps that go by the address, such as that of the headers, see what the routes see.
  app.enable("case sensitive routing");
  for (const install of ROUTES) install(app, deps);
  return STEPS.reduceRight<RequestListener>((next, step) => step(next, deps), app);
}
