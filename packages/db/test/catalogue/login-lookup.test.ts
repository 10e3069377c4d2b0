import { platformTenantId } from "@aic-sos/contract/ids";
import { type FreshCells, freshCells } from "@aic-sos/testkit/fresh-cells";
import { freshId } from "@aic-sos/testkit/make-id";
import { makeTenant, type TestTenant } from "@aic-sos/testkit/make-tenant";
import type { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connected } from "./catalogue.ts";
import { insert } from "./fixture.ts";

let cells: FreshCells;
let superuser: Client;
let app: Client;
let acme: TestTenant;

beforeAll(async () => {
  cells = await freshCells();
  superuser = await cells.superuser(cells.us);
  app = await connected(cells.us.urls.app);
  acme = await makeTenant(superuser, cells.us, { name: "Acme", slug: "acme" });
  const id = () => freshId(cells.us.code);
  const provider = {
    issuer: "https://id.acme.test",
    client_id: "aic",
    client_secret_sealed: "sealed",
  };
  await insert(superuser, "identity_providers", { tenant_id: acme.id, id: id(), ...provider });
  const challenge = "c".repeat(32);
  const proved = { domain: "acme.test", proved_at: new Date(), challenge };
  await insert(superuser, "email_domains", { tenant_id: acme.id, id: id(), ...proved });
  await insert(superuser, "email_domains", {
    tenant_id: acme.id,
    id: id(),
    domain: "claimed.test",
    challenge,
  });
});
afterAll(async () => {
  await app?.end();
  await cells?.drop();
});

const bySlug = async (slug: string) =>
  (await app.query("SELECT * FROM login_lookup_by_slug($1)", [slug])).rows;
const byDomain = async (domain: string) =>
  (await app.query("SELECT * FROM login_lookup_by_domain($1)", [domain])).rows;

describe("the login look-up, without any scope", () => {
  it("answers with tenant, name and where to log in, and with nothing else", async () => {
    const [found, ...others] = await bySlug("acme");
    expect(others).toEqual([]);
    expect(found).toEqual({
      tenant_id: acme.id,
      name: "Acme",
      slug: "acme",
      identity_provider_id: expect.any(String),
      provider_name: "Single sign-on",
      issuer: "https://id.acme.test",
      client_id: "aic",
      scopes: "openid email profile",
    });
    expect(await byDomain("acme.test")).toEqual([found]);
  });

  it("does not answer for a domain that is claimed and not proved", async () => {
    expect(await byDomain("claimed.test")).toEqual([]);
  });

  it("does not answer for the reserved tenant or an offboarded one", async () => {
    expect(await bySlug("platform")).toEqual([]);
    const { rowCount } = await superuser.query(
      "SELECT FROM tenants WHERE tenant_id = $1 AND slug = 'platform'",
      [platformTenantId(cells.us.code)],
    );
    expect(rowCount).toBe(1);
    const gone = await makeTenant(superuser, cells.us, { slug: "gone" });
    await superuser.query("UPDATE tenants SET state = 'offboarded' WHERE tenant_id = $1", [
      gone.id,
    ]);
    expect(await bySlug("gone")).toEqual([]);
  });

  it("does not let the tables themselves be read", async () => {
    for (const table of ["tenants", "identity_providers", "email_domains"]) {
      expect((await app.query(`SELECT * FROM ${table}`)).rows, table).toEqual([]);
    }
  });
});
