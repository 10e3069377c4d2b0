import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const ROOT = join(import.meta.dirname, "../../..");

/** Who may come in without a grant. This list may only shrink; a new caller says here why a grant will not do. */
const CALLERS: Readonly<Record<string, readonly string[]>> = {
  credentialLookup: ["apps/server/src/authenticator.ts"],
  noteUses: ["apps/server/src/credential-uses.ts"],
  loginLookup: ["apps/server/src/features/session/session.store.ts"],
  foundTenant: ["apps/server/src/features/tenant/tenant.store.ts"],
  admitIdentity: [
    // The copies of the platform key in the other cells; the grant is of the first one.
    "apps/server/src/features/platform-key/platform-key.store.ts",
    "apps/server/src/features/session/admission.store.ts",
    // Who the provider's group says is a platform administrator.
    "apps/server/src/features/session/platform-admission.store.ts",
    // The provider ends a session, not its principal.
    "apps/server/src/features/session/provider-logout.store.ts",
    "apps/server/src/features/session/session.store.ts",
    // A device asks before anybody is known, and comes with its code like those below.
    "apps/server/src/features/token/device.store.ts",
    // Whoever comes with an authorization code or a refresh token is nobody before it is verified, and then gets tokens.
    "apps/server/src/features/token/token.store.ts",
    // The first administrator, at the server's start: there is nobody yet who could be granted anything.
    "apps/server/src/platform-administrator.ts",
    // The keys of access tokens, by a job and at the start.
    "apps/server/src/signing-keys.store.ts",
  ],
  systemJob: [
    "apps/server/src/jobs/deliver-webhook.ts",
    "apps/server/src/jobs/requeue-deliveries.ts",
    "apps/server/src/jobs/expire-rows.ts",
    // The deployment's provider names a session of its own, and no tenant.
    "apps/server/src/features/session/provider-logout.store.ts",
  ],
};

const IMPORT = /import (?:type )?\{([^}]*)\} from "@aic-sos\/db\/doors"/g;

/** Door → files that import it, from the real sources. */
function callers(): Map<string, string[]> {
  const files = globSync(["apps/*/src/**/*.ts", "packages/*/src/**/*.ts"], {
    cwd: ROOT,
    exclude: ["**/node_modules/**", "**/*.test.ts"],
  });
  const found = files.flatMap((file) =>
    [...readFileSync(join(ROOT, file), "utf8").matchAll(IMPORT)].flatMap(([, names = ""]) =>
      names
        .split(",")
        .map((name) => name.trim())
        .filter((name) => name in CALLERS)
        .map((door) => ({ door, file })),
    ),
  );
  const byDoor = Map.groupBy(found, ({ door }) => door);
  return new Map([...byDoor].map(([door, all]) => [door, all.map(({ file }) => file)]));
}

describe("the doors without a grant", () => {
  it("are the six that are listed", async () => {
    expect(Object.keys(await import("./doors.ts")).toSorted()).toEqual(
      Object.keys(CALLERS).toSorted(),
    );
  });

  it.each(Object.entries(CALLERS))("%s is used by nobody but those listed", (door, allowed) => {
    const strangers = (callers().get(door) ?? []).filter((file) => !allowed.includes(file));
    expect(strangers, "take a grant and go through read() or write() instead").toEqual([]);
  });
});
