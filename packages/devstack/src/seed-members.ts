import { randomUUID } from "node:crypto";
import { IssuedInvitation } from "@aic-sos/contract/tenants";
import { type ApiCaller, createApiCaller } from "./api-caller.ts";
import type { DemoMember, DemoTenant } from "./demo-tenants.ts";
import type { SeedProgress } from "./seed-progress.ts";
import { signIn } from "./sign-in.ts";

export interface SeedContext {
  readonly serverUrl: string;
  readonly password: string;
  readonly progress: SeedProgress;
}

/**
 * Brings a person into the tenant and gives back a caller that is logged in as this person. The
 * first time by accepting the invitation, later by an ordinary login.
 * @param invite issues the invitation and gives its address
 */
export async function enter(
  context: SeedContext,
  tenant: DemoTenant,
  member: DemoMember,
  invite: () => Promise<string>,
): Promise<ApiCaller> {
  const { serverUrl, password, progress } = context;
  const person = { email: member.email, password };
  const login = new URL(`/auth/login?tenant=${tenant.slug}`, serverUrl).href;
  const resumed = progress.has(`invited:${member.email}`);
  const invitation = await progress.once(`invited:${member.email}`, invite);
  let cookie: string | undefined;
  await progress.once(`joined:${member.email}`, async () => {
    // Cut short last time between accepting and noting it: then the invitation is spent, and an
    // ordinary login works.
    cookie = resumed
      ? await signIn(login, person).catch(() => signIn(invitation, person))
      : await signIn(invitation, person);
    return new Date().toISOString();
  });
  // Who has nothing left to do does not log in again.
  return createApiCaller(serverUrl, async () => ({
    cookie: cookie ?? (await signIn(login, person)),
  }));
}

/**
 * Invites a member as somebody who may. A fresh key each time: the answer holds a secret, so it is
 * not kept.
 */
export async function inviteMember(
  admin: ApiCaller,
  member: DemoMember,
  workspaceId: string | undefined,
): Promise<string> {
  const body = {
    email: member.email,
    role: member.role,
    ...(workspaceId === undefined ? { tenantWide: true } : { workspaceId }),
  };
  const key = `demo:invite:${member.email}:${randomUUID()}`;
  const answer = await admin.call("POST", "/api/members/invitations", body, {
    idempotencyKey: key,
  });
  return IssuedInvitation.parse(answer).url;
}
