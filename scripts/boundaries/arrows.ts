import { libraryOf, packageOf, type Repository } from "./repository.ts";
import type { Rule, Violation } from "./rule.ts";
import type { Import, SourceFile } from "./source-file.ts";

/** Which packages (by folder name) and libraries the code of one folder may import. */
interface Arrow {
  readonly folder: string;
  readonly packages: readonly string[] | "any";
  /** Whole specifiers of which only types may be imported. */
  readonly typesOf?: readonly string[];
  /** What its tests may import besides. */
  readonly tests?: readonly string[];
  /** What product code may import from the registry; "declared" leaves that to package.json. */
  readonly libraries: readonly string[] | "declared";
  readonly why: string;
}

const PURE = "It is pure, so that the console, the verifier and every service can use it.";
const APP_ROUTER = "@aic-sos/server/app-router";

/** The house, from the bottom up. */
export const ARROWS: readonly Arrow[] = [
  {
    folder: "packages/contract",
    packages: [],
    libraries: ["zod"],
    why: "Everybody imports contract, so it imports nobody. Pass in what it needs.",
  },
  {
    folder: "packages/policy",
    packages: ["contract"],
    libraries: [],
    why: `${PURE} Hand the facts to decide() instead of fetching them.`,
  },
  {
    folder: "packages/audit",
    packages: ["contract"],
    libraries: ["canonicalize"],
    why: `${PURE} Storing events is db's work.`,
  },
  {
    folder: "packages/workflow",
    packages: ["contract"],
    libraries: ["@marcbachmann/cel-js", "ajv", "canonicalize", "re2js", "yaml"],
    why: `${PURE} Storing definitions is the server's work.`,
  },
  {
    // Stores are handed in, so that who is calling can be tested without a database.
    folder: "packages/auth",
    packages: ["contract"],
    libraries: ["jose", "openid-client"],
    why: "It must not know where sessions and keys are kept. Take a store as a parameter.",
  },
  {
    folder: "packages/keyring",
    packages: ["contract"],
    libraries: ["@aws-sdk/client-kms"],
    why: "It must not know where wrapped keys are kept. Take a DataKeyStore as a parameter.",
  },
  {
    folder: "packages/guardrails",
    packages: ["contract"],
    libraries: ["@cedar-policy/cedar-wasm"],
    why: "Customers' policies are judged on facts alone. Hand the facts in.",
  },
  {
    folder: "packages/db",
    packages: ["contract", "policy", "audit"],
    tests: ["testkit", "keyring"],
    libraries: "declared",
    why: "It knows grants and events, not who called or how keys work. Use a structural type, or move the code to the server.",
  },
  {
    folder: "packages/client",
    packages: ["contract", "policy"],
    typesOf: [APP_ROUTER],
    tests: ["testkit", "server"],
    libraries: "declared",
    why: "Other services install it: a server in it would come along. Import AppRouter as a type, the rest from contract.",
  },
  {
    // Amended: devstack → auth, since demo keys are made as real ones are. The servers it starts are child processes.
    folder: "packages/devstack",
    packages: ["db", "keyring", "auth", "contract"],
    libraries: "declared",
    why: "It starts what the server needs, so it must not need the server. Start it as a process, or move the code to db.",
  },
  {
    // Amended: testkit → devstack, so that tests run on the Postgres that `start` uses.
    // contract and policy come with db: an actor's grant is made by decide(), as everywhere.
    folder: "packages/testkit",
    packages: ["db", "auth", "keyring", "devstack", "contract", "policy"],
    libraries: "declared",
    why: "Package tests use it, so it must not need an app. Start a server in the app's own tests.",
  },
  {
    folder: "apps/server",
    // devstack: see the rule devstack-only-in-main.
    packages: [
      "contract",
      "policy",
      "audit",
      "auth",
      "keyring",
      "workflow",
      "guardrails",
      "db",
      "devstack",
    ],
    tests: ["testkit"],
    libraries: "declared",
    why: "Test tools and clients have no place in the running server.",
  },
  {
    // Amended: web → audit, so that the browser checks inclusion proofs with the code that the verifier has. Only what
    // needs no node:crypto: climb.
    folder: "apps/web",
    packages: ["contract", "policy", "audit"],
    typesOf: [APP_ROUTER],
    libraries: "declared",
    why: "What it imports is sent to browsers. Ask the server, or move what is pure to contract.",
  },
  {
    folder: "apps/dev-idp",
    packages: [],
    libraries: "declared",
    why: "It stands in for somebody else's provider, so it knows nothing of ours. Give it a config file.",
  },
  { folder: "e2e", packages: "any", libraries: "declared", why: "It uses what is exported." },
  { folder: "bench", packages: "any", libraries: "declared", why: "It uses what is exported." },
];

/** One named rule for each arrow. */
export const arrowRules: readonly Rule[] = ARROWS.map((arrow) => ({
  id: `arrow-${arrow.folder.split("/").at(-1)}`,
  because: `${arrow.folder} may import ${sayWhat(arrow)}. ${arrow.why}`,
  check: (repository) =>
    repository.files
      .filter((file) => file.path.startsWith(`${arrow.folder}/`))
      .flatMap((file) => file.imports.flatMap((found) => judge(repository, arrow, file, found))),
}));

function sayWhat({ packages, typesOf = [], libraries }: Arrow): string {
  if (packages === "any") return "every public subpath";
  const list = [
    ...packages.map((name) => `@aic-sos/${name}`),
    ...typesOf.map((name) => `types of ${name}`),
    ...(libraries === "declared" ? ["the libraries it declares"] : libraries),
  ];
  return list.length === 0 ? "nothing" : `only ${list.join(", ")}`;
}

function judge(repository: Repository, arrow: Arrow, file: SourceFile, found: Import): Violation[] {
  const library = libraryOf(found.specifier);
  if (library === undefined || library === packageOf(repository, file.path)?.name) return [];
  const allowed = library.startsWith("@aic-sos/")
    ? mayImportPackage(arrow, file, found, library)
    : mayImportLibrary(arrow, file, library);
  return allowed ? [] : [{ path: file.path, line: found.line, what: `imports ${found.specifier}` }];
}

function mayImportPackage(
  { packages, tests = [], typesOf = [] }: Arrow,
  { isTest }: SourceFile,
  { specifier, typeOnly }: Import,
  library: string,
): boolean {
  const name = library.slice("@aic-sos/".length);
  return (
    packages === "any" ||
    packages.includes(name) ||
    (isTest && tests.includes(name)) ||
    (typeOnly && typesOf.includes(specifier))
  );
}

function mayImportLibrary(
  { folder, libraries }: Arrow,
  { isTest, path }: SourceFile,
  library: string,
): boolean {
  const isProduct = path.startsWith(`${folder}/src/`) && !isTest;
  return !isProduct || libraries === "declared" || libraries.includes(library);
}
