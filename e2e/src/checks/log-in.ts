import { RevokedAppSessions } from "@aic-sos/contract/app-sessions";
import { Me } from "@aic-sos/contract/members";
import { type SignedIn, signIn } from "../browser/sign-in.ts";
import { demoPerson, loginAddress } from "../demo-person.ts";
import { type Check, type Gate, made } from "../gate.ts";
import { refreshNatively, signInNatively, type Tokens } from "../native-app.ts";
import { answered, callerWith } from "../rest/caller.ts";
import { expectSame, expectThat, Unmet } from "../unmet.ts";
import { enterMembers } from "./enter-members.ts";

/** The first administrator comes in by the invitation, then by an ordinary login, through the identity provider's page. */
export const logIn: Check = {
  title: "log in through the identity provider",
  run: async (gate) => {
    const { browser, dev, region } = gate;
    const tenant = made(gate, "tenant");
    const person = demoPerson(dev, region, "WorkspaceAdmin", "everywhere");
    const invited = await signIn(browser, dev.url, made(gate, "invitationUrl"), person);
    const { cookie } = invited;
    expectThat(
      cookie.httpOnly && cookie.secure && cookie.sameSite === "Lax" && cookie.path === "/",
      "a session cookie with HttpOnly, Secure, SameSite=Lax and Path=/",
      { ...cookie, value: "…" },
    );
    const admin = await signIn(browser, dev.url, loginAddress(tenant.slug), person);
    const me = answered(await admin.rest.call("GET", "/api/me"), 200, Me);
    expectSame("the tenant of the session", tenant.id, me.tenant.id);
    expectSame("the e-mail of the session", person.email, me.principal.email);
    expectThat(
      me.tenantRoles.includes("WorkspaceAdmin"),
      "the first administrator to be WorkspaceAdmin",
      me,
    );
    expectThat(
      admin.cookie.value !== cookie.value,
      "each login to have a session of its own",
      "the same cookie",
    );
    await useTokens(gate, admin, me);
    await refuseSpentInvitation(gate);
    await enterMembers(gate, admin);
    return `${person.email} by invitation and by login, as ${me.tenantRoles.join(", ")}; then by a JWT, refreshed once`;
  },
};

/** As a native app: a JWT by authorize and code, a call, a refresh, a call. What the app gave back is of no use. */
async function useTokens({ dev }: Gate, { page }: SignedIn, me: Me): Promise<void> {
  const { url } = dev;
  const first = await signInNatively(url, page);
  const next = await refreshNatively(url, first);
  for (const tokens of [first, next]) {
    const seen = answered(await byToken(url, tokens).call("GET", "/api/me"), 200, Me);
    expectSame("who calls by a token", me.principal.id, seen.principal.id);
    expectSame("how they proved it", "access_token", seen.principal.authentication);
  }
  expectThat(next.refresh_token !== first.refresh_token, "a new refresh token", "the same one");
  answered(await byToken(url, next).call("DELETE", "/api/app-sessions"), 200, RevokedAppSessions);
  const after = await byToken(url, next).call("GET", "/api/me");
  expectSame("the status for an app that was signed out", 401, after.status);
}

function byToken(url: string, tokens: Tokens) {
  return callerWith(url, "a native app", { authorization: `Bearer ${tokens.access_token}` });
}

/** An invitation works once, also for somebody else whom the identity provider knows. */
async function refuseSpentInvitation(gate: Gate): Promise<void> {
  const { browser, dev, region } = gate;
  const other = demoPerson(dev, region, "Approver", "workspace");
  const entered = await signIn(browser, dev.url, made(gate, "invitationUrl"), other).then(
    () => true,
    (error: unknown) => {
      if (error instanceof Unmet) return false;
      throw error;
    },
  );
  expectSame("a spent invitation to let somebody in", false, entered);
}
