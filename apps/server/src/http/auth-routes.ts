import { clearSessionCookie } from "@aic-sos/auth/session-cookie";
import { callTRPCProcedure } from "@trpc/server";
import type { Express, Request } from "express";
import { notFound } from "../app-error.ts";
import type { Dependencies } from "../dependencies.ts";
import {
  beginByEmail,
  beginByInvitation,
  beginSession,
  type Departure,
} from "../features/session/begin-session.ts";
import { finishSession } from "../features/session/finish-session.ts";
import { listProviders } from "../features/session/list-providers.ts";
import { LoginRefused } from "../features/session/login-refused.ts";
import { INVITATIONS_PER_ADDRESS, PER_ADDRESS } from "../login-limits.ts";
import { appRouter } from "../trpc/app-router.ts";
import { isRateLimited, limitAddress } from "./limit-address.ts";
import { callbackOf, leave, refusalOf } from "./login-step.ts";
import { presentedCredential, requestContext } from "./request-context.ts";
import { localsOf } from "./request-locals.ts";
import { sendProblem } from "./send-problem.ts";
import { refusedPage, shortText, wayBegun, wayEnded } from "./way-again.ts";

const CALLBACK = "/auth/callback";

/** The browser's way in and out, at `/auth`. */
export function authRoutes(app: Express, deps: Dependencies): void {
  app.use("/auth", (_req, res, next) => {
    res.setHeader("cache-control", "no-store");
    next();
  });
  loginRoute(app, deps);
  app.get("/auth/providers", async (req, res) => {
    localsOf(req).route = "/auth/providers";
    try {
      await limitAddress(deps, req, "login", PER_ADDRESS);
      const slug = shortText(req.query["tenant"]) ?? "";
      res.json(await listProviders(deps, slug, shortText(req.query["region"])));
    } catch (error) {
      const known = error instanceof LoginRefused ? notFound() : error;
      sendProblem(req, res, known, deps.log);
    }
  });
  invitationRoutes(app, deps);
  app.get("/auth/offers", (req, res) => {
    localsOf(req).route = "/auth/offers";
    const { otherRegions, platform } = deps.config;
    res.json({
      regions: [...new Set(deps.cells.map(({ region }) => region))],
      otherRegions: Object.entries(otherRegions).map(([region, url]) => ({ region, url })),
      platformLogin: platform.login?.name ?? null,
    });
  });
  app.get(
    CALLBACK,
    leave(
      CALLBACK,
      deps,
      (req) => finishSession(deps, callbackOf(req)),
      (req) => wayEnded(deps, req),
    ),
  );
  const { demoPeople } = deps.config;
  if (demoPeople.length > 0) {
    app.get("/auth/dev-hints", (req, res) => {
      localsOf(req).route = "/auth/dev-hints";
      res.json({ people: demoPeople });
    });
  }
  app.post("/auth/logout", async (req, res) => {
    localsOf(req).route = "/auth/logout";
    res.append("set-cookie", clearSessionCookie());
    try {
      res.json(
        await callTRPCProcedure({
          router: appRouter,
          path: "session.end",
          type: "mutation",
          ctx: requestContext(req, deps),
          getRawInput: async () => ({}),
          signal: undefined,
          batchIndex: 0,
        }),
      );
    } catch (error) {
      sendProblem(req, res, error, deps.log);
    }
  });
}

function loginRoute(app: Express, deps: Dependencies): void {
  app.get(
    "/auth/login",
    leave(
      "/auth/login",
      deps,
      async (req) => {
        if (isSentByAnother(req) && (await hasSession(deps, req))) return askFirst(req);
        const email = shortText(req.query["email"]);
        const returnTo = shortText(req.query["return_to"]);
        if (email !== undefined) return beginByEmail(deps, email, returnTo);
        return beginSession(deps, {
          slug: shortText(req.query["tenant"]) ?? "",
          region: shortText(req.query["region"]),
          providerId: shortText(req.query["provider"]),
          returnTo,
        });
      },
      wayBegun,
    ),
  );
}

/** The link goes straight on for who is not signed in; else the login page asks, and goes on by POST. */
function invitationRoutes(app: Express, deps: Dependencies): void {
  const byInvitation = (req: Request) =>
    beginByInvitation(deps, String(req.params["token"]), shortText(req.query["provider"]));
  app.get(
    "/auth/invitation/:token",
    leave(
      "/auth/invitation/{token}",
      deps,
      async (req) => ((await hasSession(deps, req)) ? askFirst(req) : byInvitation(req)),
      wayBegun,
    ),
  );
  app.post("/auth/invitation/:token", async (req, res) => {
    localsOf(req).route = "/auth/invitation/{token}";
    try {
      await limitAddress(deps, req, "/auth/invitation/{token}", INVITATIONS_PER_ADDRESS);
      const { location, cookies } = await byInvitation(req);
      for (const cookie of cookies) res.append("set-cookie", cookie);
      res.json({ location });
    } catch (error) {
      const refusal = refusalOf(error);
      if (refusal === undefined || isRateLimited(error)) {
        return sendProblem(req, res, error, deps.log);
      }
      res.json({ location: await refusedPage(refusal, () => wayBegun(req)) });
    }
  });
}

/** True when a page of another site, or of a sibling domain, has led here. */
function isSentByAnother(req: Request): boolean {
  return ["cross-site", "same-site"].includes(req.get("sec-fetch-site") ?? "");
}

/**
 * Another's link must not put somebody else into the browser of one who is signed in (login CSRF): the login page asks,
 * and goes on from there at a click.
 */
function askFirst(req: Request): Departure {
  const way = wayBegun(req);
  const confirm = way["invitation"] === undefined ? "sign_in" : "invitation";
  const query = new URLSearchParams({ ...way, confirm });
  return { location: `/login?${query.toString()}`, cookies: [] };
}

async function hasSession(deps: Dependencies, req: Request): Promise<boolean> {
  const credential = presentedCredential(req);
  if (credential.kind !== "session") return false;
  return (await deps.authenticator.authenticate(credential)) !== undefined;
}
