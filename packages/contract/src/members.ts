import { z } from "zod";
import { Id } from "./ids.ts";
import { pageInput, pageOf } from "./page.ts";
import { placeInput } from "./place.ts";
import { AUTHENTICATION_METHODS, PRINCIPAL_KINDS } from "./principals.ts";
import { RegionName } from "./regions.ts";
import { Role } from "./roles.ts";
import { Email, Instant } from "./text.ts";

/** A role, in one workspace or (workspaceId null) tenant-wide. */
export const RoleBinding = z
  .object({
    id: Id,
    role: Role,
    workspaceId: Id.nullable(),
    expiresAt: Instant.nullable(),
  })
  .meta({ id: "RoleBinding" });
export type RoleBinding = z.infer<typeof RoleBinding>;

export const Member = z
  .object({
    id: Id,
    kind: z.enum(["user", "service"]),
    displayName: z.string(),
    email: z.string().nullable(),
    state: z.enum(["active", "disabled"]),
    bindings: z.array(RoleBinding),
    lastSeenAt: Instant.nullable(),
  })
  .meta({ id: "Member" });
export type Member = z.infer<typeof Member>;

export const ListMembers = z.object({ workspaceId: Id.optional(), ...pageInput });
export const MemberPage = pageOf(Member);

/** `tenantWide` gives the role in every workspace; only a tenant-wide WorkspaceAdmin can. */
export const GrantRole = z.object({
  memberId: Id,
  role: Role,
  workspaceId: Id.optional(),
  tenantWide: z.boolean().default(false),
  expiresAt: Instant.optional(),
});
export const RemoveRole = z.object({ bindingId: Id, ...placeInput });
export const RemovedRole = z.object({ id: Id });

export const SwitchMember = z.object({ memberId: Id });
/** Disabled: out at once, and may come back as they were. */
export const SwitchedMember = z
  .object({ id: Id, state: z.enum(["active", "disabled"]) })
  .meta({ id: "SwitchedMember" });
/** Removed: without roles, identities and sessions, and without a name. Their history stays. */
export const RemovedMember = z.object({ id: Id }).meta({ id: "RemovedMember" });

export const InviteMember = z.object({
  email: Email,
  role: Role,
  workspaceId: Id.optional(),
  tenantWide: z.boolean().default(false),
});

export const ReadMe = z.object({});

/** Who is calling, and where. */
export const Me = z
  .object({
    principal: z.object({
      id: Id,
      kind: z.enum(PRINCIPAL_KINDS),
      displayName: z.string(),
      email: z.string().nullable(),
      authentication: z.enum(AUTHENTICATION_METHODS),
    }),
    tenant: z.object({ id: Id, name: z.string(), slug: z.string(), region: RegionName }),
    workspaces: z.array(
      z.object({
        id: Id,
        name: z.string(),
        region: RegionName,
        dataPersistenceMode: z.string(),
        roles: z.array(Role),
      }),
    ),
    tenantRoles: z.array(Role),
  })
  .meta({ id: "Me" });
export type Me = z.infer<typeof Me>;
