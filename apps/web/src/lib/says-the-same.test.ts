import type { AuditEvent } from "@aic-sos/contract/audit-events";
import { describe, expect, it } from "vitest";
import { saysTheSame } from "./says-the-same.ts";

const told = {
  id: "01890000-0000-8002-8000-000000000001",
  time: "2026-11-29T12:00:00.000Z",
  class: "change",
  type: "role.granted",
  tenantId: "01890000-0000-8002-8000-000000000002",
  workspaceId: null,
  region: "eu-west-1",
  actor: { id: "01890000-0000-8002-8000-000000000003", kind: "user", authentication: "session" },
  procedure: "member.grantRole",
  permission: "role_binding:grant",
  outcome: "allow",
  reason: null,
  resource: { type: "role_binding", id: "01890000-0000-8002-8000-000000000004" },
  decisionId: null,
  requestId: null,
  changes: [{ field: "role", before: null, after: "ab12" }],
  binding: { userId: "01890000-0000-8002-8000-000000000003", role: "Operator" },
  count: 1,
} as const;
const event: AuditEvent = {
  ...told,
  changes: [...told.changes],
  seq: 7,
  leafHash: "",
  chainHash: "",
};

function textWith(changed: object): string {
  return JSON.stringify({ v: 1, ...told, ...changed });
}

describe("the text that is proved", () => {
  it("is that of the event shown, also with what a list leaves out", () => {
    expect(saysTheSame(event, textWith({}))).toBe(true);
    expect(saysTheSame(event, textWith({ actor: { ...told.actor, address: "sealed" } }))).toBe(
      true,
    );
    const { binding: _, ...other } = event;
    expect(saysTheSame(other, textWith({ binding: undefined }))).toBe(true);
  });

  it.each([
    { actor: { ...told.actor, id: told.id } },
    { time: "2026-11-29T12:00:00.001Z" },
    { outcome: "deny" },
    { resource: null },
    { changes: [] },
    { changes: [...told.changes, ...told.changes] },
    { binding: { ...told.binding, role: "WorkspaceAdmin" } },
    { actor: undefined },
  ])("is not, when it says %j", (changed) => {
    expect(saysTheSame(event, textWith(changed))).toBe(false);
  });
});
