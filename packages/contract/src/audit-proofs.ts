import { z } from "zod";
import { Id } from "./ids.ts";
import { placeInput } from "./place.ts";
import { wholeNumber } from "./whole-number.ts";

const Base64 = z.string();
const Count = wholeNumber(z.int().min(1).max(Number.MAX_SAFE_INTEGER));

export const AuditPlace = z.object(placeInput);

/** A C2SP signed note. Nothing else, so that the verifier can be strict. */
export const Checkpoint = z.object({ note: z.string() }).meta({ id: "Checkpoint" });

export const AuditStatus = z
  .object({
    /** The last event of the log, in whatever workspace; 0 when there is none. */
    sealedSeq: z.int().nonnegative(),
    checkpoint: z
      .object({
        size: z.int().nonnegative(),
        signedAt: z.string(),
        keyId: z.string(),
        note: Checkpoint.shape.note,
      })
      .nullable(),
  })
  .meta({ id: "AuditStatus" });

/** C2SP verifier keys of the log; the one that signs now first. */
export const AuditKeys = z
  .object({ origin: z.string(), keys: z.array(z.string()) })
  .meta({ id: "AuditKeys" });

/** RFC 6962 §2.1.1: with `text`, the event is in the tree whose root the note signs. */
export const InclusionProof = z
  .object({
    eventId: Id,
    seq: z.int().positive(),
    /** The canonical text that is hashed. */
    text: z.string(),
    leafHash: Base64,
    /** Of the checkpoint's tree. */
    size: z.int().positive(),
    proof: z.array(Base64),
    note: z.string(),
  })
  .meta({ id: "InclusionProof" });

export const ProveConsistency = z.object({ from: Count, to: Count, ...placeInput });
/** RFC 6962 §2.1.2. */
export const ConsistencyProof = z
  .object({ from: z.int().positive(), to: z.int().positive(), proof: z.array(Base64) })
  .meta({ id: "ConsistencyProof" });

/** Each is a decision of its own before the first line leaves. */
const MOST_WORKSPACES = 50;

/** With room for the comma behind each. */
const IdList = z
  .string()
  .max(37 * MOST_WORKSPACES)
  .transform((text, context) => {
    const ids = text.split(",").map((one) => Id.safeParse(one).data);
    const known = [...new Set(ids.filter((id) => id !== undefined))];
    if (!ids.includes(undefined) && ids.length <= MOST_WORKSPACES) return known;
    context.addIssue({
      code: "custom",
      message: `must be up to ${MOST_WORKSPACES} ids with commas between`,
    });
    return z.NEVER;
  });
export const ExportEvents = z.object({
  first: Count.optional(),
  /** The end of the log, unless told. */
  last: Count.optional(),
  /** Sizes of checkpoints to be tied to the stretch, with commas between. */
  link: z
    .string()
    .regex(
      /^[1-9][0-9]{0,15}(?:,[1-9][0-9]{0,15}){0,19}$/,
      "must be up to 20 sizes with commas between",
    )
    .optional(),
  /** With `first` and `last`: the rest of that bundle behind this event. */
  after: wholeNumber(z.int().min(0).max(Number.MAX_SAFE_INTEGER)).optional(),
  /** Besides `workspaceId`: workspaces whose events are shown, too, with commas between. */
  alsoWorkspaceIds: IdList.optional(),
  ...placeInput,
});
