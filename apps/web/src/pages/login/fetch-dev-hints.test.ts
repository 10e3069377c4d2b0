import { describe, expect, it } from "vitest";
import { devTenants } from "./fetch-dev-hints.ts";

describe("devTenants", () => {
  it("groups the demo people by tenant", () => {
    const person = {
      password: "demo",
      tenant: "Acme",
      region: "us-east-1",
      workspace: "Service Desk",
    };
    const tenants = devTenants({
      people: [
        { ...person, email: "olga@acme.test", role: "Operator" },
        { ...person, email: "ana@acme.test", role: "WorkspaceAdmin" },
        {
          ...person,
          email: "gita@globex.test",
          tenant: "Globex",
          region: "eu-west-1",
          role: "Operator",
        },
      ],
    });
    expect(tenants.map(({ slug, region, people }) => [slug, region, people.length])).toEqual([
      ["acme", "us-east-1", 2],
      ["globex", "eu-west-1", 1],
    ]);
  });

  it("makes nothing out of nonsense", () => {
    expect(devTenants(null)).toEqual([]);
    expect(devTenants({ people: [null, 3, { email: 4 }] })).toEqual([]);
  });
});
