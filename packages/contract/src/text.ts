import { z } from "zod";

/** C0 and C1 controls, but for tab and line ends. PostgreSQL cannot store U+0000 in text. */
const CONTROL = /(?![\t\n\r])\p{Cc}/u;
const LONE_SURROGATE = /\p{Surrogate}/u;

function storable(text: string): boolean {
  return !CONTROL.test(text) && !LONE_SURROGATE.test(text);
}

/** Text that PostgreSQL can store: no control characters (U+0000 among them), no lone surrogates. */
export function safeText(options: { min?: number; max: number }) {
  return z
    .string()
    .min(options.min ?? 0)
    .max(options.max)
    .refine(storable, "must not contain control characters such as U+0000 or broken Unicode");
}

/** What people call a thing: 1 to 120 characters after trimming. */
export const DisplayName = z
  .string()
  .trim()
  .min(1, "must not be empty")
  .max(120, "must have at most 120 characters")
  .refine(storable, "must not contain control characters such as U+0000 or broken Unicode");

/** The short name of a tenant in addresses. */
export const Slug = z
  .string()
  .regex(
    /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/,
    "must be 1 to 63 lower-case letters, digits and inner hyphens",
  );

/** ASCII before it is folded to lower case: the Kelvin sign (U+212A) would become the letter k. */
export const foldedAscii = z
  .string()
  .trim()
  .refine((text) => /^[ -~]*$/.test(text), "must be ASCII")
  .toLowerCase();

/** An e-mail address, folded to lower case. */
export const Email = foldedAscii.max(254).pipe(z.email("must be an e-mail address"));

/** An instant as it travels: ISO 8601 with milliseconds, UTC. PostgreSQL has no year 0. */
export const Instant = z.iso
  .datetime({ precision: 3 })
  .refine((instant) => !instant.startsWith("0000"), "must be in the year 1 or later");

/** Makes a slug out of a name: ASCII letters and digits, hyphens between. Empty when nothing is left. */
export function slugOf(name: string): string {
  return name
    .normalize("NFKD")
    .replace(/\p{Mark}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 63)
    .replace(/-+$/, "");
}
