import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { INVITATIONS_PER_ADDRESS, PER_ADDRESS, PER_TENANT } from "../../src/login-limits.ts";
import { type Harness, startHarness } from "../harness.ts";
import { makeHome } from "../world.ts";

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness?.stop());

const from = (address: string, accept?: string) => ({
  headers: { "x-forwarded-for": address, ...(accept === undefined ? {} : { accept }) },
});
const HTML = "text/html,application/xhtml+xml,*/*;q=0.8";

/** As if so many had been taken already, by whichever replica. */
async function take(name: string, subject: string, points: number): Promise<void> {
  const { consume } = await import("@aic-sos/db/rate-limit");
  for (let taken = 0; taken < points; taken += 1) {
    await consume(harness.us.code, name, subject, { points, seconds: 60 });
  }
}

describe("limits on login", () => {
  it.each([
    ["/auth/login", "/auth/login?tenant=nobody", PER_ADDRESS],
    ["/auth/callback", "/auth/callback?code=x&state=y", PER_ADDRESS],
    ["/auth/invitation/{token}", "/auth/invitation/inv_wrong", INVITATIONS_PER_ADDRESS],
  ])("are of one address at %s, and answer 429 with Retry-After", async (name, path, limit) => {
    const address = `198.51.100.${name.length}`;
    await take(`address ${name}`, address, limit.points - 1);
    const last = await harness.anonymous.get(path, from(address));
    expect([last.status, last.headers.get("location")]).toEqual([
      303,
      expect.stringMatching(/^\/login\?error=/),
    ]);
    const over = await harness.anonymous.get(path, from(address));
    expect([over.status, over.body]).toMatchObject([429, { code: "rate_limited" }]);
    expect(Number(over.headers.get("retry-after"))).toBeGreaterThan(0);
    const page = await harness.anonymous.get(path, from(address, HTML));
    expect([page.status, page.text]).toEqual([
      429,
      expect.stringContaining("/login?error=rate_limited"),
    ]);
    expect(Number(page.headers.get("retry-after"))).toBeGreaterThan(0);
    const another = await harness.anonymous.get(path, from("203.0.113.9"));
    expect(another.status).toBe(303);
  });

  it("are of a whole network where addresses are to be had by the billion", async () => {
    const { points } = PER_ADDRESS;
    await take("address /auth/login", "2001:db8:1:2::/64", points - 1);
    const path = "/auth/login?tenant=nobody";
    const statuses = [];
    for (const address of ["2001:db8:1:2::a", "2001:db8:1:2:b::1", "2001:db8:1:3::a"]) {
      statuses.push((await harness.anonymous.get(path, from(address))).status);
    }
    expect(statuses).toEqual([303, 429, 303]);
  });

  it("are of one tenant, whoever asks", async () => {
    const { tenant } = await makeHome(harness, harness.us);
    await take("login_tenant", tenant.id, PER_TENANT.points);
    const over = await harness.anonymous.get(
      `/auth/login?tenant=${tenant.slug}`,
      from("203.0.113.10"),
    );
    expect([over.status, over.body]).toMatchObject([429, { code: "rate_limited" }]);
  }, 60_000);

  it("keep no address in clear", async () => {
    const db = await harness.cells.superuser(harness.us);
    const { rows } = await db.query<{ key: string }>("select key from rate_limits");
    expect(rows.length).toBeGreaterThan(3);
    expect(rows.map(({ key }) => key).join("\n")).not.toMatch(/198\.51|203\.0/);
  });
});
