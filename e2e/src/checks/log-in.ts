import { Me } from "@aic-sos/contract/members";
import { signIn } from "../browser/sign-in.ts";
import { demoPerson, loginAddress } from "../demo-person.ts";
import { type Check, type Gate, made } from "../gate.ts";
import { answered } from "../rest/caller.ts";
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
    await refuseSpentInvitation(gate);
    await enterMembers(gate, admin);
    return `${person.email} by invitation and by login, as ${me.tenantRoles.join(", ")}`;
  },
};

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
