import { expect } from "vitest";
import { freshName } from "./places.ts";
import type { Stage } from "./sign-in-stage.ts";
import { makeActor, makeHome } from "./world.ts";

/** Everything by which a stranger of that address and group could come into a tenant as its administrator. */
export async function guardedCompany(stage: Stage, email: string, group: string) {
  const { harness } = stage;
  const { tenant } = await makeHome(harness, harness.us);
  const admin = await makeActor(harness, tenant, { role: "WorkspaceAdmin" });
  const made = async <T>(path: string, body: object): Promise<T> => {
    const answer = await admin.post(path, body);
    expect(answer.status, answer.text).toBeLessThan(300);
    return answer.body as T;
  };
  const { issuer, clientId, clientSecret } = stage.partner;
  const invitation = { email, role: "WorkspaceAdmin", tenantWide: true };
  const { url } = await made<{ url: string }>("/api/members/invitations", invitation);
  return {
    tenant,
    admin,
    invitationPath: new URL(url).pathname,
    loginPath: `/auth/login?tenant=${tenant.slug}`,
    addRule: (more: object = {}) =>
      made("/api/group-rules", { group, role: "WorkspaceAdmin", ...more }),
    /** The provider of its own, which speaks for the domain of the address. */
    addProvider: async (): Promise<string> => {
      const domain = email.slice(email.indexOf("@") + 1);
      const claimed = await made<{ id: string; record: { name: string; value: string } }>(
        "/api/email-domains",
        { domain },
      );
      harness.outside.txt.set(claimed.record.name, [claimed.record.value]);
      await made(`/api/email-domains/${claimed.id}/prove`, {});
      const name = freshName("Partner");
      const provider = { name, issuer, clientId, clientSecret, emailDomains: [domain] };
      const saved = await made<{ identityProvider: { id: string } }>(
        "/api/identity-providers",
        provider,
      );
      return saved.identityProvider.id;
    },
  };
}
