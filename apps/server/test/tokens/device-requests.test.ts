import { systemJob } from "@aic-sos/db/doors";
import type { TestTenant } from "@aic-sos/testkit/make-tenant";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DEVICES_PER_ADDRESS, DEVICES_PER_TENANT } from "../../src/login-limits.ts";
import { type Harness, startHarness } from "../harness.ts";
import { type Answer, httpCaller } from "../http-caller.ts";
import { askAsDevice, CLIENT, poll, postForm } from "../native-app.ts";
import { makeActor, makeHome } from "../world.ts";

let harness: Harness;
let tenant: TestTenant;

beforeAll(async () => {
  harness = await startHarness();
  ({ tenant } = await makeHome(harness, harness.us));
});
afterAll(() => harness.stop());

const errorOf = ({ body }: Answer) => (body as { error?: string }).error;

describe("a request to let a device in", () => {
  it.each([
    ["no tenant", { tenant: "" }, "invalid_request", /^tenant/],
    ["an unknown tenant", { tenant: "nobody-here" }, "invalid_request", /^tenant/],
    ["the platform for tenant", { tenant: "platform" }, "invalid_request", /^tenant/],
    ["another region", { region: "eu-west-1" }, "invalid_request", /^tenant/],
    ["a workspace that is no id", { workspace_id: "x" }, "invalid_request", /^workspace_id/],
    ["an unknown client", { client_id: "other" }, "invalid_client", /./],
    ["a client secret", { client_secret: "x" }, "invalid_client", /./],
  ])("with %s is refused", async (_, fields, error, words) => {
    const form = { client_id: CLIENT, tenant: tenant.slug, ...fields };
    const refused = await postForm(harness.url, "/auth/device_authorization", form);
    expect(refused.body).toMatchObject({ error, error_description: expect.stringMatching(words) });
    expect(refused.status).toBe(error === "invalid_client" ? 401 : 400);
  });

  it("of a mistyped, foreign or changed device code gets nothing", async () => {
    const { device_code: code, user_code: userCode } = await askAsDevice(harness.url, tenant);
    const ana = await makeActor(harness, tenant, { role: "Operator" });
    expect((await ana.post("/api/app-sessions/device", { userCode, allow: true })).status).toBe(
      200,
    );
    for (const wrong of ["x", code.replace("aic_device", "aic_code"), `${code}0`])
      expect(errorOf(await poll(harness.url, wrong))).toBe("invalid_grant");
    expect(errorOf(await poll(harness.url, code, "other"))).toBe("invalid_client");
    expect((await poll(harness.url, code)).status).toBe(200);
  });

  it("is held up for one tenant, when too many come at once, and for all of them from an address that asks more than its share", async () => {
    const flooded = await makeHome(harness, harness.us);
    const ask = (to: TestTenant, address: string) => {
      const raw = new URLSearchParams({ client_id: CLIENT, tenant: to.slug }).toString();
      const headers = {
        "content-type": "application/x-www-form-urlencoded",
        "x-forwarded-for": address,
      };
      const path = "/auth/device_authorization";
      return httpCaller(harness.url).send("POST", path, undefined, { raw, headers });
    };
    const share = DEVICES_PER_ADDRESS.points;
    for (const address of ["198.51.100.30", "198.51.100.31"]) {
      const answers = await Promise.all(
        Array.from({ length: share + 1 }, () => ask(flooded.tenant, address)),
      );
      const refused = answers.filter(({ status }) => status !== 200);
      expect(refused.map(({ status }) => status)).toEqual([429]);
      expect(Number(refused[0]?.headers.get("retry-after"))).toBeGreaterThan(0);
    }
    expect(DEVICES_PER_TENANT.points).toBe(2 * share);
    expect((await ask(flooded.tenant, "198.51.100.32")).status).toBe(429);
    expect((await ask(tenant, "198.51.100.32")).status).toBe(200);
  });
});

describe("the job that expires rows", () => {
  it("takes the requests of devices a day after their end, and no others", async () => {
    const [old, waiting] = [
      await askAsDevice(harness.url, tenant),
      await askAsDevice(harness.url, tenant),
    ];
    const db = await harness.cells.superuser(harness.us);
    const left = async () =>
      Number(
        (await db.query("select from device_codes where tenant_id = $1", [tenant.id])).rowCount,
      );
    const before = await left();
    const { rowCount } = await db.query(
      "update device_codes set expires_at = now() - interval '25 hours' where id = $1",
      [/_([0-9a-f]{32})_[^_]+_[^_]+$/.exec(old.device_code)?.[1]],
    );
    expect(rowCount).toBe(1);
    expect(await systemJob("expire-rows", harness.us.code, (job) => job.expireDeviceCodes())).toBe(
      1,
    );
    expect(await left()).toBe(before - 1);
    expect(errorOf(await poll(harness.url, old.device_code))).toBe("invalid_grant");
    expect(errorOf(await poll(harness.url, waiting.device_code))).toBe("authorization_pending");
  });
});
