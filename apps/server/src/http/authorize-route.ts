import { safeReturnTo } from "@aic-sos/auth/return-to";
import type { Express, Request, Response } from "express";
import { invalidField } from "../app-error.ts";
import { answerTo, checkAppRequest } from "../app-request.ts";
import type { Dependencies } from "../dependencies.ts";
import { PER_ADDRESS } from "../login-limits.ts";
import { isRateLimited, limitAddress, sendTooMany } from "./limit-address.ts";
import { presentedCredential } from "./request-context.ts";
import { localsOf } from "./request-locals.ts";
import { sendProblem } from "./send-problem.ts";

const ROUTE = "/auth/authorize";
/** The page that asks the person. */
const PAGE = "/let-in";

/** The parameters that we read; the standard wants others to be ignored. */
const KNOWN = [
  "client_id",
  "redirect_uri",
  "response_type",
  "code_challenge",
  "code_challenge_method",
  "state",
  "workspace_id",
] as const;
type Parameters = Readonly<Partial<Record<(typeof KNOWN)[number], string>>>;

/**
 * Where an app sends a person's browser to be let in (RFC 6749 §4.1.1, RFC 8252). It only checks what is asked, and
 * leads to a page of the console, over the login where nobody is signed in: a session is never enough, the person is
 * asked each time, since any program on the machine could have sent them here.
 */
export function authorizeRoute(app: Express, deps: Dependencies): void {
  app.get(ROUTE, async (req, res) => {
    localsOf(req).route = ROUTE;
    res.setHeader("cache-control", "no-store");
    try {
      await limitAddress(deps, req, ROUTE, PER_ADDRESS);
      await lead(req, res, deps);
    } catch (error) {
      if (isRateLimited(error)) return sendTooMany(req, res, error, deps.log);
      sendProblem(req, res, error, deps.log);
    }
  });
}

async function lead(req: Request, res: Response, deps: Dependencies): Promise<void> {
  const { parameters, repeated } = parametersOf(req);
  const { client_id: clientId = "", redirect_uri: redirectUri = "", state } = parameters;
  const asked = {
    clientId: repeated.has("client_id") ? "" : clientId,
    redirectUri: repeated.has("redirect_uri") ? "" : redirectUri,
    codeChallenge: parameters.code_challenge ?? "",
    state,
    workspaceId: parameters.workspace_id,
  };
  const checked = checkAppRequest(deps.config.tokens, asked);
  if (checked.kind === "untrusted") return sendUntrusted(req, res, deps, checked.field);
  const back = (error: string, detail: string) =>
    res.redirect(303, answerTo(asked, deps.config.publicUrl, { error, error_description: detail }));
  if (repeated.size > 0) return back("invalid_request", `${[...repeated].join()} came twice`);
  if (parameters.response_type !== "code")
    return back("unsupported_response_type", "response_type has to be code");
  if (parameters.code_challenge_method !== "S256")
    return back("invalid_request", "code_challenge_method has to be S256");
  if (checked.kind === "refused") return back(checked.error, checked.detail);
  // As JSON in base64url: the login and the console's router leave it alone.
  const request = Buffer.from(JSON.stringify(asked), "utf8").toString("base64url");
  const page = safeReturnTo(`${PAGE}?request=${request}`);
  if (page === undefined) return back("invalid_request", "state is too long");
  const signedIn = await deps.authenticator.authenticate(presentedCredential(req));
  res.redirect(303, signedIn ? page : `/login?return_to=${encodeURIComponent(page)}`);
}

function parametersOf(req: Request) {
  const parameters: Record<string, string> = {};
  const repeated = new Set<string>();
  for (const name of KNOWN) {
    const value = req.query[name];
    if (typeof value === "string") parameters[name] = value;
    else if (value !== undefined) repeated.add(name);
  }
  return { parameters: parameters as Parameters, repeated };
}

/** Not to the app: whoever asked may not be who they say. */
function sendUntrusted(req: Request, res: Response, deps: Dependencies, field: string): void {
  if (req.accepts(["application/problem+json", "json", "html"]) === "html") {
    return res.redirect(303, `${PAGE}?error=${field}`);
  }
  sendProblem(req, res, invalidField(field, "is not one that this deployment knows"), deps.log);
}
