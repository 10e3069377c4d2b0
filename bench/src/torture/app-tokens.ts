import { hash } from "node:crypto";
import { newSecret } from "@aic-sos/auth/secret";
import { send } from "./client.ts";

const CLIENT = "aic-sos-cli";
const REDIRECT = "http://127.0.0.1:49152/callback";

/** Signs an app in for whoever has the session, as the app and its person do (RFC 6749 §4.1, RFC 7636). */
export async function letAppIn(
  url: string,
  cookie: string,
): Promise<{ accessToken: string; familyId: string }> {
  const verifier = newSecret();
  const asked = await send(url, {
    method: "POST",
    path: "/api/app-sessions",
    cookie,
    body: {
      clientId: CLIENT,
      redirectUri: REDIRECT,
      codeChallenge: hash("sha256", verifier, "base64url"),
      state: newSecret(),
    },
  });
  if (asked.status !== 201) throw new Error(`the app was not let in: ${JSON.stringify(asked)}`);
  const { redirectTo } = asked.body as { redirectTo: string };
  const response = await fetch(new URL("/auth/token", url), {
    method: "POST",
    body: new URLSearchParams({
      grant_type: "authorization_code",
      client_id: CLIENT,
      redirect_uri: REDIRECT,
      code: new URL(redirectTo).searchParams.get("code") ?? "",
      code_verifier: verifier,
    }),
  });
  const answer = (await response.json()) as { access_token?: string };
  if (answer.access_token === undefined) throw new Error(`no token: ${JSON.stringify(answer)}`);
  const [, payload = ""] = answer.access_token.split(".");
  const { sid } = JSON.parse(Buffer.from(payload, "base64url").toString()) as { sid: string };
  return { accessToken: answer.access_token, familyId: sid };
}
