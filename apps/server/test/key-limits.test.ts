import { formatApiKey } from "@aic-sos/auth/credential";
import { newSecret } from "@aic-sos/auth/secret";
import { freshId } from "@aic-sos/testkit/make-id";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Harness, startHarness } from "./harness.ts";
import { type Answer, httpCaller } from "./http-caller.ts";
import { freshName, makePlace, type Place } from "./places.ts";
import { problemIn } from "./procedure-calls.ts";
import { type Replica, startSecondServer } from "./second-server.ts";
import { makeActor, makeHome, makeSession } from "./world.ts";

let harness: Harness;
let second: Replica;
let place: Place;

beforeAll(async () => {
  harness = await startHarness();
  second = await startSecondServer(harness);
  const { tenant, workspace } = await makeHome(harness, harness.us);
  place = await makePlace(harness, tenant, workspace);
});
afterAll(async () => {
  await second?.stop();
  await harness?.stop();
});

/** Asks at both servers in turn until one says that it is too much. */
async function untilLimited(
  most: number,
  ask: (url: string) => Promise<Answer>,
): Promise<{ asked: number; last: Answer | undefined }> {
  let last: Answer | undefined;
  let asked = 0;
  while (asked < most && last?.status !== 429) {
    asked += 1;
    last = await ask(asked % 2 === 0 ? harness.url : second.url);
  }
  return { asked, last };
}

const wrongKey = () => {
  const { id: tenantId, cell } = place.tenant;
  const key = formatApiKey({ tenantId, id: freshId(cell), secret: newSecret() });
  return { authorization: `Bearer ${key}` };
};

/** Both servers believe the machine that the tests run on. */
const from = (address: string) => ({ "x-forwarded-for": address });

describe("wrong keys", () => {
  it("are answered with 429 and the time to wait once one address has shown too many, on all servers together", {
    timeout: 60_000,
  }, async () => {
    const { asked, last } = await untilLimited(400, (url) =>
      httpCaller(url, { ...wrongKey(), ...from("192.0.2.1") }).get("/api/me"),
    );
    expect([asked, last && problemIn(last)?.["code"]]).toEqual([301, "rate_limited"]);
    const wait = Number(last?.headers.get("retry-after"));
    expect(wait).toBeGreaterThan(0);
    expect(wait).toBeLessThanOrEqual(60);
  });

  it("hold up no right key and no session of the same address, and no other address", async () => {
    const here = from("192.0.2.1");
    const bot = await makeActor(harness, place.tenant, { role: "Operator", service: true });
    for (const url of [harness.url, second.url]) {
      for (const own of [bot.headers, place.admin.headers]) {
        expect((await httpCaller(url, { ...own, ...here }).get("/api/me")).status).toBe(200);
      }
      const other = httpCaller(url, { ...wrongKey(), ...from("192.0.2.2") });
      expect((await other.get("/api/me")).status).toBe(401);
    }
  });

  it("are keys: ended sessions of an office get the answer that leads to the login", async () => {
    const { headers, id } = await makeSession(harness, place.tenant, place.admin.person);
    const db = await harness.cells.superuser(harness.us);
    await db.query("delete from sessions where id = $1", [id]);
    const caller = httpCaller(harness.url, { ...headers, ...from("192.0.2.1") });
    expect((await caller.get("/api/me")).status).toBe(401);
  });
});

describe("making keys", () => {
  it("has a limit for each caller that all servers share", { timeout: 60_000 }, async () => {
    const admin = await makeActor(harness, place.tenant, {
      role: "WorkspaceAdmin",
      workspace: place.workspace,
    });
    const { asked, last } = await untilLimited(80, (url) =>
      httpCaller(url, { ...admin.headers, origin: harness.url }).post("/api/api-keys", {
        serviceId: freshId(place.tenant.cell),
        name: freshName("key"),
        workspaceId: place.workspace.id,
      }),
    );
    expect([asked, last && problemIn(last)?.["code"]]).toEqual([61, "rate_limited"]);
    expect(Number(last?.headers.get("retry-after"))).toBeGreaterThan(0);
  });
});
