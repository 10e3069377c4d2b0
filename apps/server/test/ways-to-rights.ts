import type { Role } from "@aic-sos/contract/roles";
import { freshName, inputFor, type Place } from "./places.ts";
import type { Input } from "./procedure-calls.ts";
import type { Actor } from "./world.ts";

/** Where the rights would hold: where the caller stands, in another workspace, or in all of the tenant. */
export const TARGETS = ["here", "elsewhere", "tenant-wide"] as const;
export type Target = (typeof TARGETS)[number];

/** A way to rights. What only a tenant-wide administrator may use has no other target. */
export interface Way {
  readonly procedure: string;
  readonly tenantWide?: true;
  readonly input: (attempt: Attempt) => Input;
}

export interface Attempt {
  readonly caller: Actor;
  readonly target: Target;
  /** The workspace of the target; of none when it is tenant-wide. */
  readonly place: Place | undefined;
  readonly scene: Scene;
}

/** What a tenant has that rights could come by. */
export interface Scene {
  readonly here: Place;
  readonly elsewhere: Place;
  /** Of a member without a role. */
  readonly accomplice: string;
  /** Services with the role WorkspaceAdmin and a key, by where they live. */
  readonly services: Readonly<Record<Target, { serviceId: string; apiKeyId: string }>>;
  /** Of the deployment's default provider. */
  readonly defaultIssuer: string;
}

const where = ({ place }: Attempt): Input =>
  place ? { workspaceId: place.workspace.id } : { tenantWide: true };

const role: Role = "WorkspaceAdmin";

/** As an administrator of the whole tenant would send it, with a role in the target's place. */
const asPlaced =
  (procedure: string) =>
  ({ scene }: Attempt): Input =>
    inputFor(procedure, scene.here);

/** Every way on which anybody gets rights. A new one is one entry more. */
export const WAYS: Readonly<Record<string, Way>> = {
  "a binding of one's own": {
    procedure: "member.grantRole",
    input: (attempt) => ({ memberId: attempt.caller.person.id, role, ...where(attempt) }),
  },
  "a binding for an accomplice": {
    procedure: "member.grantRole",
    input: (attempt) => ({ memberId: attempt.scene.accomplice, role, ...where(attempt) }),
  },
  "an invitation": {
    procedure: "member.invite",
    input: (attempt) => ({ email: `${freshName("in")}@example.test`, role, ...where(attempt) }),
  },
  "a service of one's own": {
    procedure: "service.create",
    input: (attempt) => ({ name: freshName("mine"), roles: [role], ...where(attempt) }),
  },
  "a key of a service that is there": {
    procedure: "apiKey.create",
    input: (attempt) => ({
      serviceId: attempt.scene.services[attempt.target].serviceId,
      name: "mine",
      ...where(attempt),
    }),
  },
  "a key rotated into one's own hands": {
    procedure: "apiKey.rotate",
    input: (attempt) => ({
      apiKeyId: attempt.scene.services[attempt.target].apiKeyId,
      ...where(attempt),
    }),
  },
  "a service switched on again": {
    procedure: "service.enable",
    input: (attempt) => ({
      serviceId: attempt.scene.services[attempt.target].serviceId,
      ...where(attempt),
    }),
  },
  "a rule for one's group": {
    procedure: "groupRule.create",
    tenantWide: true,
    input: ({ place }) => ({
      group: freshName("group"),
      role,
      ...(place ? { roleWorkspaceId: place.workspace.id } : {}),
    }),
  },
  "an identity provider of one's own": {
    procedure: "identityProvider.create",
    tenantWide: true,
    input: asPlaced("identityProvider.create"),
  },
  "another issuer behind a provider that is there": {
    procedure: "identityProvider.update",
    tenantWide: true,
    input: ({ scene: { here } }) => ({
      identityProviderId: here.identityProviderId,
      issuer: `${here.issuer}/${freshName("mine")}`,
    }),
  },
  "the deployment's default provider, named as the tenant's own with other groups": {
    procedure: "identityProvider.create",
    tenantWide: true,
    input: ({ scene }) => ({
      name: freshName("Default"),
      issuer: scene.defaultIssuer,
      clientId: "mine",
      claimNames: { groups: "sub" },
    }),
  },
  "the deployment's default provider, in the place of the tenant's own": {
    procedure: "identityProvider.update",
    tenantWide: true,
    input: asPlaced("identityProvider.update"),
  },
  "an email domain": {
    procedure: "emailDomain.create",
    tenantWide: true,
    input: asPlaced("emailDomain.create"),
  },
  "a domain that is proved": {
    procedure: "emailDomain.prove",
    tenantWide: true,
    input: asPlaced("emailDomain.prove"),
  },
  "an authority of client certificates": {
    procedure: "clientAuthority.register",
    tenantWide: true,
    input: asPlaced("clientAuthority.register"),
  },
  "a link to another account": {
    procedure: "person.link",
    tenantWide: true,
    input: ({ caller, scene }) => ({
      memberId: caller.person.id,
      otherMemberId: scene.accomplice,
    }),
  },
  "somebody let in again": {
    procedure: "member.enable",
    tenantWide: true,
    input: ({ scene }) => ({ memberId: scene.accomplice }),
  },
};
