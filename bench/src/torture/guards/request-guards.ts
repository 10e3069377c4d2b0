import { SCOPE_SOURCE } from "./database-guards.ts";
import type { Guard } from "./guard.ts";

const server = (file: string, test?: string): Guard["caughtBy"] => ({
  project: "server",
  file: `apps/server/${file}.test.ts`,
  ...(test === undefined ? {} : { test }),
});
const db = (file: string, test?: string): Guard["caughtBy"] => ({
  project: "db",
  file: `packages/db/${file}.test.ts`,
  ...(test === undefined ? {} : { test }),
});

const STEPS = "apps/server/src/trpc/steps";
const ARGUMENTS = "packages/db/src/scoped-arguments.ts";

/** What a request meets on its way, and the application's own scope of each statement. */
export const REQUEST_GUARDS: readonly Guard[] = [
  {
    name: "the tenant in each where",
    removal: {
      file: ARGUMENTS,
      from: "const tenant = { tenantId: scope.tenantId };",
      to: "const tenant = {};",
    },
    caughtBy: server("test/application-alone", "gives everybody in every place"),
  },
  {
    name: "the tenant in each new row",
    removal: {
      file: ARGUMENTS,
      from: "if (given !== undefined && given !== value)",
      to: "if (false)",
    },
    caughtBy: db("src/write"),
  },
  {
    name: "what says whose row it is never changes",
    removal: { file: ARGUMENTS, from: "if (column in data)", to: "if (false)" },
    caughtBy: db("src/write", "never moves a row"),
  },
  {
    name: "what the tenant shares is not changed from one workspace",
    removal: {
      file: ARGUMENTS,
      from: 'if (MODEL_SCOPES[model] !== "shared" || wide)',
      to: "if (true)",
    },
    caughtBy: db("src/scoped-arguments", "is no part of a change"),
  },
  {
    name: "a grant is asked for",
    removal: {
      file: "packages/db/src/scoped.ts",
      from: "  assertGrant(grant);\n  return runAlone(",
      to: "  return runAlone(",
    },
    caughtBy: db("src/scoped", "refuses an object that only looks like a grant"),
  },
  {
    name: "the secret of a credential is compared",
    removal: {
      file: "apps/server/src/authenticator.ts",
      from: "if (!right || (ends !== null && ends <= now())) return undefined;",
      to: "if (ends !== null && ends <= now()) return undefined;",
    },
    caughtBy: server("test/sessions", "that is tampered with"),
  },
  {
    name: "a session ends",
    removal: {
      file: "apps/server/src/authenticator.ts",
      from: "if (!right || (ends !== null && ends <= now())) return undefined;",
      to: "if (!right) return undefined;",
    },
    caughtBy: server("test/sessions", "ends by its idle"),
  },
  {
    name: "devices are let in by people at the console, and by nobody else",
    removal: {
      file: "apps/server/src/features/app-session/find-device-request.ts",
      from: "  requireSession(authenticated);\n",
      to: "",
    },
    caughtBy: server("test/grant-yourself", "is answered by no key and by no app"),
  },
  {
    name: "an app has the rights of its person",
    removal: {
      file: "packages/db/src/credential-lookup.ts",
      from: "bindings: row.bindings,",
      to: 'bindings: facts.authentication === "access_token" ? row.bindings.map((one) => ({ ...one, role: "WorkspaceAdmin" as const })) : row.bindings,',
    },
    caughtBy: server("test/grant-yourself", "gives a device the rights of the person"),
  },
  {
    name: "an app loses what its person loses",
    removal: {
      file: SCOPE_SOURCE,
      from: "WHEN NOT EXISTS (SELECT",
      to: "WHEN false AND NOT EXISTS (SELECT",
    },
    caughtBy: server("test/grant-yourself", "gives rights that end with the person's"),
  },
  {
    name: "an invitation makes no toxic pair",
    removal: {
      file: "apps/server/src/features/session/accept-invitation.store.ts",
      from: "if (toxicPair(held, role)) {",
      to: "if (false) {",
    },
    caughtBy: server("test/sign-in/persons", "no toxic pair by an invitation"),
  },
  {
    name: "a tenant's slow receivers have a few places only",
    removal: {
      file: "apps/server/src/jobs/deliver-webhook.ts",
      from: "tenantPlaces(MOST_OF_A_TENANT)",
      to: "tenantPlaces(Number.POSITIVE_INFINITY)",
    },
    caughtBy: server("test/webhook-limits", "keeps no other tenant's waiting"),
  },
  {
    name: "a decision is made",
    removal: {
      file: `${STEPS}/authorize.ts`,
      from: ": decide({\n          principal,",
      to: ': decide({\n          principal: { ...principal, bindings: principal.bindings.map((one) => ({ ...one, role: "WorkspaceAdmin" as const })) },',
    },
    caughtBy: server("test/roles", "an operator"),
  },
  {
    name: "a decision is durable before a change",
    removal: {
      file: `${STEPS}/authorize.ts`,
      from: "if (asking.mutates) await durable;",
      to: "",
    },
    caughtBy: server("test/audit", "nothing is read and nothing is changed"),
  },
  {
    name: "a decision is durable before an answer",
    removal: {
      file: `${STEPS}/authorize.ts`,
      from: "const decisionId = await durable;",
      to: "const decisionId = asking.ctx.requestId;",
    },
    caughtBy: server("test/audit", "nothing is read and nothing is changed"),
  },
  {
    name: "the same answer for what is not there and what is another's",
    removal: {
      file: `${STEPS}/authorize.ts`,
      from: 'case "tenant_mismatch":\n      return notFound();',
      to: "",
    },
    caughtBy: server("test/isolation", "looks to"),
  },
  {
    name: "an id of another region is refused",
    removal: {
      file: `${STEPS}/resolve-scope.ts`,
      from: "foreignId(ids, principal.cell)",
      to: "false",
    },
    caughtBy: server("test/isolation", "is refused in the header and as a cursor"),
  },
  {
    name: "another tenant's id is refused",
    removal: {
      file: `${STEPS}/resolve-scope.ts`,
      from: 'if (typeof tenantId === "string" && tenantId !== principal.tenantId)',
      to: "if (false)",
    },
    caughtBy: server("test/isolation", "when somebody names another tenant"),
  },
  {
    name: "credential, path, body and header agree",
    removal: {
      file: `${STEPS}/resolve-scope.ts`,
      from: "if (distinct.length > 1)",
      to: "if (false)",
    },
    caughtBy: server("test/isolation", "path, body and header must agree"),
  },
  {
    name: "a key stays in its workspace",
    removal: {
      file: "packages/policy/src/decide.ts",
      from: "principal.credentialWorkspaceId !== null &&",
      to: "false &&",
    },
    caughtBy: { project: "policy", file: "packages/policy/src/decide.test.ts" },
  },
  {
    name: "nobody gives beyond the scope they administer",
    removal: {
      file: `${STEPS}/resolve-scope.ts`,
      from: 'inputs["tenantWide"] === true ? TENANT_WIDE : (inputs["workspaceId"] ?? header)',
      to: 'inputs["workspaceId"] ?? header',
    },
    caughtBy: server("test/roles", "gives no role beyond the workspace they administer"),
  },
  {
    name: "another site cannot borrow a cookie",
    removal: {
      file: "apps/server/src/http/cross-site.ts",
      from: "if (!foreign) return next(req, res);",
      to: "return next(req, res);",
    },
    caughtBy: server("test/sessions", "changes nothing, whatever it looks like"),
  },
  {
    name: "the last administrator stays",
    removal: {
      file: "apps/server/src/features/member/last-administrator.store.ts",
      from: "if (administering.length === 0) return;",
      to: "if (administering.length >= 0) return;",
    },
    caughtBy: server("test/roles", "cannot take the last administrator's role away"),
  },
  {
    name: "no toxic pair by a link of two accounts",
    removal: {
      file: "apps/server/src/persons.ts",
      from: "if (toxic) return { toxic };",
      to: "",
    },
    caughtBy: server("test/sign-in/persons", "is refused where roles would meet"),
  },
  {
    name: "a rotated right is seen at the next request",
    removal: {
      file: `${STEPS}/authorize.ts`,
      from: "if (cause instanceof StaleEpoch) return true;",
      to: "",
    },
    caughtBy: server("test/revocation"),
  },
  {
    name: "the server does not start on what does not isolate",
    removal: {
      file: "packages/db/src/self-check.ts",
      from: "if (problems.length > 0) throw",
      to: "if (false) throw",
    },
    caughtBy: db("src/self-check"),
  },
  {
    name: "the server does not start on a policy that no migration made",
    removal: {
      file: "packages/db/src/self-check-policies.ts",
      from: "!known.includes(plain(expression))",
      to: "false && known.includes(plain(expression))",
    },
    caughtBy: db("src/self-check", "a policy that says something else"),
  },
];
