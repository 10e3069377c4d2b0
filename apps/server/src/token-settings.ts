import { isRegistrable } from "@aic-sos/auth/redirect-uri";
import { DisplayName } from "@aic-sos/contract/text";
import { z } from "zod";

/** A program that people run on their own machines, so that it can keep no secret (RFC 8252): it is known by where it listens. */
const NativeClient = z.strictObject({
  id: z
    .string()
    .regex(
      /^[a-z0-9][a-z0-9._-]{0,63}$/,
      "must be 1 to 64 of a-z, 0-9, dot, hyphen and underscore",
    ),
  /** As people are asked about it. */
  name: DisplayName,
  redirectUris: z
    .array(
      z
        .string()
        .refine(
          isRegistrable,
          "must be http://127.0.0.1/path or http://[::1]/path, without a port, or of the app's own scheme such as com.example.app:/path",
        ),
    )
    .min(1),
});
export type NativeClient = z.infer<typeof NativeClient>;

/** Tokens for native, mobile and command-line apps. Access tokens are always good for 15 minutes. */
export const TokenSettings = z
  .strictObject({
    /** A refresh token that is not used ends after so many days. */
    refreshDays: z.int().min(7).max(30).default(14),
    /** No sign-in of an app lasts longer, however much it is used. */
    absoluteDays: z.int().min(7).max(365).default(90),
    signingKeys: z
      .strictObject({
        rotateEveryDays: z.int().min(1).max(365).default(30),
        /** How long a key is published before it signs: longer than anybody keeps the list of keys. */
        publishAheadHours: z.int().min(1).max(168).default(24),
      })
      .prefault({}),
    /** Beside the built-in `aic-sos-cli`. */
    clients: z.array(NativeClient).max(100).default([]),
  })
  .prefault({});
export type TokenSettings = z.infer<typeof TokenSettings>;

/** For scripts and terminals: needs nothing to be configured. */
const COMMAND_LINE: NativeClient = {
  id: "aic-sos-cli",
  name: "AIC-SOS command line",
  redirectUris: ["http://127.0.0.1/callback", "http://[::1]/callback"],
};

/** The client of that id; undefined when there is none. A configured one comes before the built-in one. */
export function nativeClient(settings: TokenSettings, id: string): NativeClient | undefined {
  return [...settings.clients, COMMAND_LINE].find((client) => client.id === id);
}
