import { z } from "zod";
import { Id } from "./ids.ts";
import { pageInput, pageOf } from "./page.ts";
import { placeInput } from "./place.ts";
import { Role } from "./roles.ts";
import { Instant } from "./text.ts";

/** Invitations that somebody may still accept, into one workspace, or into the tenant as a whole. */
export const MAX_OPEN_INVITATIONS = 1_000;

/** An invitation that nobody has accepted yet. Its link is not here: it was shown once. */
export const Invitation = z
  .object({
    id: Id,
    email: z.string().nullable(),
    role: Role,
    workspaceId: Id.nullable(),
    state: z.enum(["open", "ended"]),
    createdAt: Instant,
    createdBy: Id.nullable(),
    expiresAt: Instant,
  })
  .meta({ id: "Invitation" });
export type Invitation = z.infer<typeof Invitation>;

export const ListInvitations = z.object({ workspaceId: Id.optional(), ...pageInput });
export const InvitationPage = pageOf(Invitation);
export const RevokeInvitation = z.object({ invitationId: Id, ...placeInput });
export const RevokedInvitation = z.object({ id: Id }).meta({ id: "RevokedInvitation" });
