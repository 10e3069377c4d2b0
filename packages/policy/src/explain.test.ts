import { permissions } from "@aic-sos/contract/permissions";
import { ROLES } from "@aic-sos/contract/roles";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Asked, decide, judge } from "./decide.ts";
import { explain, explainAllowed } from "./explain.ts";
import type { Binding, Principal } from "./principal.ts";

const TENANT = "01a20fd3-f27c-8001-ae65-85decb18c6cc";
const WORKSPACES = [
  "01a20fd3-f27c-8001-ae65-000000000001",
  "01a20fd3-f27c-8001-ae65-000000000002",
] as const;
const NOW = 1_800_000_000_000;

const bindings: fc.Arbitrary<readonly Binding[]> = fc.array(
  fc.record({
    id: fc.integer({ min: 0, max: 999 }).map((n) => `binding-${n}`),
    role: fc.constantFrom(...ROLES),
    workspaceId: fc.constantFrom(null, ...WORKSPACES),
    expiresAt: fc.constantFrom(null, NOW - 1, NOW + 60_000),
  }),
  { maxLength: 5 },
);

const questions: fc.Arbitrary<Asked> = fc.record({
  principal: fc.record<Principal>({
    id: fc.constant("01a20fd3-f27c-8001-ae65-0000000000a1"),
    kind: fc.constantFrom("user", "service", "platform"),
    tenantId: fc.constant(TENANT),
    region: fc.constant("us-east-1"),
    cell: fc.constant(1),
    authentication: fc.constant("session"),
    disabled: fc.boolean(),
    epoch: fc.constant(1),
    bindings,
    credentialWorkspaceId: fc.constantFrom(null, WORKSPACES[0]),
    credentialPermissions: fc.constantFrom(null, ["run:read" as const]),
    credentialExpiresAt: fc.constantFrom(null, NOW - 1, NOW + 1),
  }),
  permission: fc.constantFrom(...permissions),
  scope: fc.record({
    tenantId: fc.constant(TENANT),
    workspaceId: fc.constantFrom(null, "*", ...WORKSPACES),
    region: fc.constantFrom("us-east-1", "eu-west-1"),
    cell: fc.constant(1),
  }),
  now: fc.constant(NOW),
});

const RUNS = { numRuns: 20_000 };

describe("an explanation", () => {
  it("says what decide() does, for 20,000 random questions", () => {
    fc.assert(
      fc.property(questions, (asked) => {
        const told = explain(asked);
        const decision = decide({ ...asked, decisionId: "d", requestId: "r" });
        expect(told.outcome).toBe(decision.outcome);
        expect(told.reason).toBe(decision.outcome === "deny" ? decision.reason : null);
        if (decision.outcome === "deny") return;
        const { rule } = explainAllowed(asked.permission, decision.binding);
        expect(told.rule).toBe(rule);
        const allowing = told.bindings.filter(({ verdict }) => verdict === "allows");
        expect(allowing.length > 0).toBe(decision.binding !== null);
      }),
      RUNS,
    );
  });

  it("names roles of which one more would do, and leaves none out, for 20,000 random questions", () => {
    fc.assert(
      fc.property(questions, (asked) => {
        const { outcome, wouldGrant } = explain(asked);
        const { workspaceId } = asked.scope;
        const places = [
          [wouldGrant.tenantWide, null],
          ...(workspaceId === null || workspaceId === "*"
            ? []
            : ([[wouldGrant.inWorkspace, workspaceId]] as const)),
        ] as const;
        for (const [named, place] of places) {
          for (const role of ROLES) {
            const more = { id: "more", role, workspaceId: place, expiresAt: null };
            const principal = {
              ...asked.principal,
              bindings: [...asked.principal.bindings, more],
            };
            const would = judge({ ...asked, principal }).outcome === "allow";
            expect(named.includes(role)).toBe(outcome === "deny" && would);
          }
        }
      }),
      RUNS,
    );
  });

  it("tells no more than 20 bindings, those that count first", () => {
    const elsewhere = Array.from(
      { length: 40 },
      (_, at): Binding => ({
        id: `elsewhere-${at}`,
        role: "Operator",
        workspaceId: WORKSPACES[1],
        expiresAt: null,
      }),
    );
    const here: Binding = {
      id: "here",
      role: "Approver",
      workspaceId: WORKSPACES[0],
      expiresAt: null,
    };
    const [sample] = fc.sample(questions, 1);
    if (!sample) throw new RangeError("no question");
    const told = explain({
      ...sample,
      permission: "run:create",
      principal: {
        ...sample.principal,
        kind: "user",
        disabled: false,
        bindings: [...elsewhere, here],
        credentialWorkspaceId: null,
        credentialPermissions: null,
        credentialExpiresAt: null,
      },
      scope: { ...sample.scope, region: "us-east-1", workspaceId: WORKSPACES[0] },
    });
    expect(told.bindings).toHaveLength(20);
    expect(told.bindings[0]).toMatchObject({ id: "here", verdict: "role_lacks_permission" });
    expect(told.wouldGrant).toEqual({
      inWorkspace: ["WorkspaceAdmin", "Operator"],
      tenantWide: ["WorkspaceAdmin", "Operator"],
    });
  });
});
