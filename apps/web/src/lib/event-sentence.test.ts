import type { AuditEvent } from "@aic-sos/contract/audit-events";
import { describe, expect, it } from "vitest";
import { eventSentence, reasonWords } from "./event-sentence.ts";

const event = (parts: Partial<AuditEvent>): AuditEvent => ({
  id: "0198c0de-0000-8001-8000-000000000001",
  seq: 1,
  time: "2026-03-20T12:00:00.000Z",
  class: "change",
  type: "workflow.published",
  tenantId: "0198c0de-0000-8001-8000-000000000002",
  workspaceId: null,
  region: "us-east-1",
  actor: { id: "0198c0de-0000-8001-8000-000000000003", kind: "user", authentication: "session" },
  procedure: null,
  permission: "workflow:publish",
  outcome: null,
  reason: null,
  resource: { type: "workflow", id: "0198c0de-0000-8001-8000-000000000004" },
  decisionId: null,
  requestId: null,
  changes: [],
  count: 1,
  leafHash: "00",
  chainHash: "00",
  ...parts,
});

describe("eventSentence", () => {
  it("says who did what to which thing", () => {
    expect(eventSentence(event({}))).toEqual({
      actor: { kind: "principal", id: "0198c0de-0000-8001-8000-000000000003" },
      verb: "published the workflow version",
      link: "",
      resource: { type: "workflow", id: "0198c0de-0000-8001-8000-000000000004" },
      because: null,
      times: 1,
      tone: "plain",
    });
  });

  it("does not name somebody twice", () => {
    const me = "0198c0de-0000-8001-8000-000000000003";
    const joined = event({ type: "member.joined", resource: { type: "user", id: me } });
    expect(eventSentence(joined).resource).toBeNull();
  });

  it("leaves out of a decision the workspace that it is about anyway", () => {
    const workspace = { type: "workspace", id: "0198c0de-0000-8001-8000-00000000000a" };
    const decision = { class: "decision", type: "decision.allowed", resource: workspace } as const;
    expect(eventSentence(event(decision)).resource).toBeNull();
    expect(eventSentence(event({ type: "workspace.created", resource: workspace })).resource).toBe(
      workspace,
    );
  });

  it("says a refusal with its reason", () => {
    const sentence = eventSentence(
      event({
        class: "decision",
        type: "decision.denied",
        outcome: "deny",
        reason: "auditor_never_mutates",
      }),
    );
    expect(sentence.verb).toBe("was not allowed to publish a workflow version");
    expect(sentence.because).toBe("auditors change nothing");
    expect(sentence.tone).toBe("attention");
    expect(sentence.link).toBe("on");
  });

  it("marks a security event as harm, and names nobody whom nobody knows", () => {
    const sentence = eventSentence(
      event({
        class: "security",
        type: "security.unauthenticated",
        reason: "unauthenticated",
        actor: { id: "unauthenticated", kind: "unauthenticated", authentication: "none" },
        resource: null,
      }),
    );
    expect(sentence.actor).toEqual({ kind: "words", words: "Somebody" });
    expect(sentence.tone).toBe("harm");
    expect(sentence.because).toBeNull();
  });

  it("shows a type and a reason that it does not know as they are", () => {
    expect(eventSentence(event({ type: "policy.bound" })).verb).toBe("policy bound");
    expect(reasonWords("brand_new")).toBe("brand_new");
    expect(reasonWords("toString")).toBe("toString");
  });
});
