import { randomUUID } from "node:crypto";
import { EmailDomain } from "@aic-sos/contract/email-domains";
import { CreatedTenant, IssuedInvitation } from "@aic-sos/contract/tenants";
import { Workspace } from "@aic-sos/contract/workspaces";
import { type ApiCaller, ApiProblem } from "./api-caller.ts";
import { memberWith } from "./demo-people.ts";
import type { DemoTenant, DemoWorkspace } from "./demo-tenants.ts";
import { enter, inviteMember, type SeedContext as MemberContext } from "./seed-members.ts";
import { seedConnectors, seedProviderKeys, type ProviderSecrets } from "./seed-integrations.ts";
import { idempotencyKey } from "./seed-place.ts";
import { type PlannedRun, seedRuns } from "./seed-runs.ts";
import { seedWorkflows } from "./seed-workflows.ts";

export interface SeedContext extends MemberContext {
  readonly providerKeys: ProviderSecrets;
}

/** What a seeded tenant still lacks, for which there is no endpoint, or none that a laptop can satisfy. */
export interface Unfinished {
  /** Its runs with the states that they shall be brought to. */
  readonly runs: readonly PlannedRun[];
  /** The id of its email domain, which no DNS record can prove: `.example` is in no DNS. */
  readonly emailDomainId: string;
}

/** Makes a tenant with everything in it. */
export async function seedTenant(
  context: SeedContext,
  platform: ApiCaller,
  tenant: DemoTenant,
): Promise<Unfinished> {
  const { progress } = context;
  const [first, second] = tenant.workspaces;
  const [administrator, ...others] = tenant.members;
  const invitation = await foundTenant(context, platform, tenant);
  const admin = await enter(context, tenant, administrator, async () => invitation);
  const domain = administrator.email.slice(administrator.email.indexOf("@") + 1);
  const emailDomainId = await progress.once(`domain:${tenant.slug}`, async () => {
    const idempotency = { idempotencyKey: idempotencyKey(`domain:${tenant.slug}`) };
    return EmailDomain.parse(
      await admin.call("POST", "/api/email-domains", { domain }, idempotency),
    ).id;
  });
  const workspaceIds = new Map<string, string>();
  for (const workspace of tenant.workspaces) {
    const step = `workspace:${tenant.slug}/${workspace.name}`;
    workspaceIds.set(
      workspace.name,
      await progress.once(step, () => makeWorkspace(admin, tenant, workspace, step)),
    );
  }
  const callers = new Map<string, ApiCaller>([[administrator.email, admin]]);
  for (const member of others) {
    const workspaceId = member.workspace === null ? undefined : workspaceIds.get(member.workspace);
    callers.set(
      member.email,
      await enter(context, tenant, member, () => inviteMember(admin, member, workspaceId)),
    );
  }
  const as = (role: Parameters<typeof memberWith>[1], workspace: DemoWorkspace) => ({
    caller: callers.get(memberWith(tenant, role, workspace.name).email) ?? admin,
    workspaceId: workspaceIds.get(workspace.name) ?? "",
    progress,
    label: `${tenant.slug}/${workspace.name}`,
  });
  await seedProviderKeys(as("IntegrationAdmin", first), context.providerKeys, tenant.slug);
  await seedConnectors(as("IntegrationAdmin", first), tenant.slug);
  const operator = as("Operator", first);
  const elsewhere = as("WorkspaceAdmin", second);
  const runs = [
    ...(await seedRuns(operator, await seedWorkflows(operator, first), first)),
    ...(await seedRuns(elsewhere, await seedWorkflows(elsewhere, second), second)),
  ];
  return { runs, emailDomainId };
}

/** @returns the address of the first administrator's invitation */
async function foundTenant(
  { progress }: SeedContext,
  platform: ApiCaller,
  tenant: DemoTenant,
): Promise<string> {
  const step = `tenant:${tenant.slug}`;
  const [administrator] = tenant.members;
  return progress.once(step, async () => {
    const body = {
      name: tenant.name,
      slug: tenant.slug,
      region: tenant.region,
      adminEmail: administrator.email,
    };
    try {
      const answer = await platform.call("POST", "/api/tenants", body, {
        idempotencyKey: `demo:${step}`,
      });
      return CreatedTenant.parse(answer).invitation.url;
    } catch (error) {
      // Made by a seed that was cut short before it could note the invitation, which is shown only
      // once.
      if (!(error instanceof ApiProblem && error.code === "answer_not_kept" && error.resourceId))
        throw error;
      const path = `/api/tenants/${error.resourceId}/invitations`;
      const again = { email: administrator.email };
      const answer = await platform.call("POST", path, again, {
        idempotencyKey: `demo:${step}:${randomUUID()}`,
      });
      return IssuedInvitation.parse(answer).url;
    }
  });
}

async function makeWorkspace(
  admin: ApiCaller,
  tenant: DemoTenant,
  { name, mode }: DemoWorkspace,
  step: string,
): Promise<string> {
  const body = { name, region: tenant.region };
  const { id, settings } = Workspace.parse(
    await admin.call("POST", "/api/workspaces", body, { idempotencyKey: idempotencyKey(step) }),
  );
  if (settings.dataPersistenceMode !== mode) {
    await admin.call(
      "PUT",
      `/api/workspaces/${id}/data-mode`,
      { dataPersistenceMode: mode },
      { workspaceId: id },
    );
  }
  return id;
}
