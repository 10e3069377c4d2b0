import type { ApiKey } from "@aic-sos/contract/api-keys";

/** How a key ends or has ended, with the instant that completes the sentence. */
export function keyEnd(key: Pick<ApiKey, "state" | "expiresAt" | "revokedAt">): {
  readonly words: string;
  readonly instant: string | null;
} {
  if (key.state === "revoked") return { words: "revoked", instant: key.revokedAt };
  if (key.state === "ended") return { words: "ended", instant: key.expiresAt };
  if (key.expiresAt === null) return { words: "never ends", instant: null };
  return { words: "ends", instant: key.expiresAt };
}

/** The line that hands a key to a program, for a shell and for an `.env` file alike. */
export function envLine(key: string): string {
  return `AIC_API_KEY=${key}`;
}
