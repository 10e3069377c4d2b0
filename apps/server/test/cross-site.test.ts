import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Harness, startHarness } from "./harness.ts";
import { httpCaller, type Sent } from "./http-caller.ts";
import { inputFor, makePlace, type Place } from "./places.ts";
import { callRest, callTrpc, mutations, problemIn } from "./procedure-calls.ts";
import { makeHome } from "./world.ts";

let harness: Harness;
let place: Place;

beforeAll(async () => {
  harness = await startHarness();
  const { tenant, workspace } = await makeHome(harness, harness.us);
  place = await makePlace(harness, tenant, workspace);
});
afterAll(() => harness?.stop());

/** What a browser says of a request that a page elsewhere made it send. */
const foreign = (own: string): readonly Record<string, string>[] => [
  { "sec-fetch-site": "cross-site", origin: "https://evil.example" },
  { "sec-fetch-site": "cross-site", origin: own },
  { "sec-fetch-site": "same-site", origin: "http://sibling.localhost" },
  { "sec-fetch-site": "same-site", origin: own },
  { origin: "https://evil.example" },
  { origin: "http://sibling.localhost" },
  { origin: "null" },
  {},
];

/** What a form can send, and what no preflight is asked for. */
const FORMS = [
  "application/x-www-form-urlencoded",
  "multipart/form-data; boundary=x",
  "text/plain",
];

/** Each POST of /auth; a new one adds itself. */
const AUTH_POSTS = [
  "/auth/logout",
  "/auth/invitation/inv_wrong",
  "/auth/backchannel-logout",
  "/auth/backchannel-logout/x/y",
  "/auth/platform/backchannel-logout",
  "/auth/token",
  "/auth/device_authorization",
  "/auth/revoke",
];

/** All rows but those that time and refusals themselves write. */
async function everything(): Promise<string> {
  const db = await harness.cells.superuser(harness.us);
  const { rows: tables } = await db.query<{ name: string }>(
    `select tablename as name from pg_tables where schemaname = 'public'
      and tablename !~ '^(audit|checkpoint)_' and tablename not in ('rate_limits', 'users', 'data_keys')`,
  );
  const parts = await Promise.all(
    tables.map(async ({ name }) => {
      const { rows } = await db.query<{ rows: string }>(
        `select coalesce(string_agg(r, e'\\n' order by r), '') as rows from (
          select (to_jsonb(t) - 'last_seen_at' - 'idle_expires_at' - 'last_used_at')::text as r from ${name} as t) as all_rows`,
      );
      return `${name}: ${rows[0]?.rows}`;
    }),
  );
  return parts.toSorted().join("\n");
}

const browser = (headers: Record<string, string>) =>
  httpCaller(harness.url, { cookie: place.admin.headers["cookie"] ?? "", ...headers });

describe("a page of another site, or of a sibling domain, that sends along the person's cookie", () => {
  it("changes nothing by any procedure, whatever it sends", async () => {
    const before = await everything();
    for (const procedure of mutations) {
      const input = inputFor(procedure.key, place);
      const raw = { raw: JSON.stringify(input) };
      for (const headers of foreign(harness.url)) {
        const sents: Sent[] = [
          {},
          ...FORMS.map((type) => ({ ...raw, headers: { "content-type": type } })),
        ];
        for (const sent of sents) {
          for (const call of [callRest, callTrpc]) {
            const answer = await call(browser(headers), procedure, input, sent);
            const got = [answer.status, problemIn(answer)?.["code"]];
            expect(got, `${procedure.key} ${JSON.stringify(headers)}`).toEqual([403, "cross_site"]);
          }
        }
      }
    }
    expect(await everything()).toBe(before);
    expect((await place.admin.get("/api/me")).status).toBe(200);
  }, 120_000);

  it("changes nothing at any POST of /auth", async () => {
    const sources = globSync("*.ts", { cwd: join(import.meta.dirname, "../src/http") });
    const posts = sources.flatMap((file) =>
      readFileSync(join(import.meta.dirname, "../src/http", file), "utf8").match(/app\.post\(/g),
    );
    // The three token endpoints are made by one line.
    expect(posts.filter((post) => post !== null)).toHaveLength(AUTH_POSTS.length - 2);
    const before = await everything();
    for (const path of AUTH_POSTS) {
      for (const headers of foreign(harness.url)) {
        for (const type of FORMS) {
          const sent = { raw: "logout_token=x", headers: { "content-type": type } };
          const answer = await browser(headers).send("POST", path, undefined, sent);
          const got = [answer.status, problemIn(answer)?.["code"], answer.headers.getSetCookie()];
          expect(got, `${path} ${JSON.stringify(headers)}`).toEqual([403, "cross_site", []]);
        }
      }
    }
    expect(await everything()).toBe(before);
    expect((await place.admin.get("/api/me")).status).toBe(200);
  });
});

describe("a form of our own origin", () => {
  it("is no way to call a procedure: it takes JSON only", async () => {
    const before = await everything();
    const own = browser({ "sec-fetch-site": "same-origin", origin: harness.url });
    for (const procedure of mutations) {
      const raw = JSON.stringify(inputFor(procedure.key, place));
      for (const type of FORMS) {
        const sent = { raw, headers: { "content-type": type } };
        const answer = await own.send("POST", `/trpc/${procedure.key}`, undefined, sent);
        expect(answer.status, `${procedure.key} ${type}`).toBe(415);
      }
    }
    expect(await everything()).toBe(before);
  }, 60_000);
});
