import { z } from "zod";
import { Id } from "./ids.ts";

/** Two accounts of one human: separation of duties then takes them for one. */
export const LinkPerson = z
  .object({ memberId: Id, otherMemberId: Id })
  .refine(({ memberId, otherMemberId }) => memberId !== otherMemberId, {
    path: ["otherMemberId"],
    message: "must be another member",
  });
export const LinkedPerson = z
  .object({ personId: Id, memberIds: z.array(Id) })
  .meta({ id: "LinkedPerson" });
