import { z } from "zod";
import { Id } from "./ids.ts";

export const EndSession = z.object({});

/** `redirectTo` leads over the identity provider's own logout back to the login page. */
export const EndedSession = z
  .object({ id: Id, redirectTo: z.string() })
  .meta({ id: "EndedSession" });
