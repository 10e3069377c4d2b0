import canonicalize from "canonicalize";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalText } from "./canonical.ts";
import type { AuditEvent } from "./event.ts";

const named: AuditEvent = {
  v: 1,
  id: "00000000-0001-8001-8000-000000000001",
  time: "2026-01-01T00:00:00.000Z",
  class: "decision",
  type: "decision.allowed",
  tenantId: "00000000-0001-8001-8000-000000000002",
  workspaceId: null,
  region: "us-east-1",
  actor: { id: "system:test", kind: "system", authentication: "none" },
  procedure: "workflow.publish",
  permission: "workflow:publish",
  outcome: "allow",
  reason: null,
  resource: { type: "workflow", id: "00000000-0001-8001-8000-000000000003" },
  decisionId: null,
  requestId: null,
  changes: [{ field: "name", before: null, after: "00ff" }],
  explanation: { rule: "no_binding", bindings: [] },
  count: 1,
};

describe("the canonical text of an event", () => {
  it("is the library's, whatever the texts and the order of its keys", () => {
    const text = fc.string({ unit: "binary" });
    const changed = fc.record({ field: text, before: fc.option(text), after: fc.option(text) });
    fc.assert(
      fc.property(text, fc.array(changed), fc.nat(), (requestId, changes, count) => {
        const event = { ...named, requestId, changes, count };
        const reversed = Object.fromEntries(Object.entries(event).toReversed()) as typeof event;
        expect(canonicalText(event)).toBe(canonicalize(event));
        expect(canonicalText(reversed)).toBe(canonicalize(event));
      }),
    );
  });

  it("refuses half a surrogate pair, which has no bytes in UTF-8", () => {
    expect(() => canonicalText({ ...named, requestId: "\ud800" })).toThrow();
    expect(() => canonicalText({ ...named, region: "\udfff" })).toThrow();
  });
});
