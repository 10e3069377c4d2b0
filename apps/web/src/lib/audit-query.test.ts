import { describe, expect, it } from "vitest";
import { actionOf, actorOf, auditQuery, resourceOf, toLocalTime } from "./audit-query.ts";
import { instantOf } from "./search-values.ts";

describe("the filters of the audit log in an address", () => {
  it("become what is asked of the server", () => {
    const asked = auditQuery({ actor: "a", outcome: "deny", resource: "workflow/17" });
    expect(asked).toMatchObject({
      actorId: "a",
      outcome: "deny",
      resourceType: "workflow",
      resourceId: "17",
    });
    expect(auditQuery({ resource: "run" })).toMatchObject({
      resourceType: "run",
      resourceId: undefined,
    });
    expect(auditQuery({})).toMatchObject({ resourceType: undefined, resourceId: undefined });
  });

  it("are left out where the server would refuse them", () => {
    expect(actionOf("workflow:publish")).toBe("workflow:publish");
    expect(actionOf("workflow")).toBe("workflow");
    expect(actionOf("Workflow%")).toBeUndefined();
    expect(resourceOf("workflow/17")).toBe("workflow/17");
    expect(resourceOf("workflow/")).toBeUndefined();
    expect(resourceOf("/17")).toBeUndefined();
    expect(resourceOf(17)).toBeUndefined();
    const actor = "01890000-0000-8002-8000-000000000001";
    expect(actorOf(actor)).toBe(actor);
    expect(actorOf("unauthenticated")).toBe("unauthenticated");
    expect(actorOf("system:sealer")).toBe("system:sealer");
    expect(actorOf("Ana")).toBeUndefined();
    expect(actorOf(17)).toBeUndefined();
  });

  it("show a time in the browser's zone and keep it", () => {
    const instant = "2026-11-25T03:15:00.000Z";
    expect(instantOf(new Date(toLocalTime(instant)).toISOString())).toBe(instant);
    expect(toLocalTime(undefined)).toBe("");
  });
});
