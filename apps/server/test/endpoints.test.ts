import { errorCodes } from "@aic-sos/contract/errors";
import { PERMISSIONS } from "@aic-sos/contract/permissions";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { type RestProcedure, restProcedures } from "../src/trpc/rest-procedures.ts";
import { type Harness, startHarness } from "./harness.ts";
import type { Caller } from "./http-caller.ts";
import { consumableInputFor, makePlace, type Place } from "./places.ts";
import { callRest, callTrpc, problemIn } from "./procedure-calls.ts";
import { type Actor, makeActor, makeHome } from "./world.ts";

let harness: Harness;
let place: Place;
let admin: Actor;

beforeAll(async () => {
  harness = await startHarness();
  const { tenant, workspace } = await makeHome(harness, harness.us);
  place = await makePlace(harness, tenant, workspace);
  await untilProvable(place);
  admin = await makeActor(harness, tenant, { role: "WorkspaceAdmin" });
});
afterAll(() => harness.stop());

/** Waits until a checkpoint covers the place's events: before that there is no proof of them, and no checkpoint. */
async function untilProvable({ admin: asker, eventId }: Place): Promise<void> {
  await vi.waitFor(
    async () => {
      const { status, text } = await asker.get(`/api/audit/events/${eventId}/proof`);
      if (status !== 200) throw new Error(`no proof yet: ${text}`);
    },
    { timeout: 20_000, interval: 200 },
  );
}

/** Who may: the platform for its own procedures, somebody who can leave for the logout, whose session it is, else the administrator. */
async function callerOf({ key, permission }: RestProcedure): Promise<Caller> {
  if (PERMISSIONS[permission].scope === "platform") return harness.platform;
  if (key === "session.end") return makeActor(harness, place.tenant);
  if (key === "session.revoke" || key === "appSession.revoke") return place.admin;
  return admin;
}

const streams = restProcedures.filter(({ stream }) => stream !== undefined);

describe.each(streams.map((procedure) => [procedure.key, procedure] as const))(
  "%s, a stream",
  (key, procedure) => {
    it("goes line by line over REST, and over tRPC says where to ask for it", async () => {
      const input = await consumableInputFor(key, place, harness);
      const caller = await callerOf(procedure);
      const answer = await callRest(caller, procedure, input);
      expect(answer.status, answer.text).toBe(procedure.status);
      expect(answer.headers.get("content-type")).toBe(procedure.stream);
      expect((await callTrpc(caller, procedure, input)).status).toBe(405);
    });
  },
);

/** After it nobody has the platform key: platform-key.test.ts calls it, on a stage of its own. */
const ELSEWHERE = "platformKey.disable";

const answersAtOnce = restProcedures.filter(
  ({ key, stream }) => stream === undefined && key !== ELSEWHERE,
);

describe.each(answersAtOnce.map((procedure) => [procedure.key, procedure] as const))(
  "%s",
  (key, procedure) => {
    it(`answers over REST, at ${procedure.method} /api${procedure.path}`, async () => {
      const input = await consumableInputFor(key, place, harness);
      const answer = await callRest(await callerOf(procedure), procedure, input);
      expect(answer.status, answer.text).toBe(procedure.status);
      expect(answer.headers.get("content-type")).toBe(
        procedure.stream ?? "application/json; charset=utf-8",
      );
      if (procedure.stream) return;
      expect(procedure.output.parse(answer.body)).toEqual(answer.body);
    });

    it("answers the same shape over tRPC", async () => {
      const input = await consumableInputFor(key, place, harness);
      const answer = await callTrpc(await callerOf(procedure), procedure, input);
      // A stream is no JSON.
      expect(answer.status, answer.text).toBe(procedure.stream ? 405 : 200);
      if (procedure.stream) return;
      const { data } = (answer.body as { result: { data: unknown } }).result;
      expect(procedure.output.parse(data)).toEqual(data);
    });

    it("answers nobody without a credential, on either face", async () => {
      const input = await consumableInputFor(key, place, harness);
      for (const call of [callRest, callTrpc]) {
        expect((await call(harness.anonymous, procedure, input)).status).toBe(401);
      }
    });
  },
);

/** Nobody is left to repeat it. */
const ENDS_ITSELF = "session.end";

describe("a mutation that is sent again with its idempotency key", () => {
  it.each(
    answersAtOnce
      .filter(({ key, type }) => type === "mutation" && key !== ENDS_ITSELF)
      .map((procedure) => [procedure.key, procedure] as const),
  )("%s, gets the answer that it got, but for a secret", async (key, procedure) => {
    const [caller, input] = [
      await callerOf(procedure),
      await consumableInputFor(key, place, harness),
    ];
    const sent = { headers: { "idempotency-key": `again-${key}` } };
    const first = await callRest(caller, procedure, input, sent);
    expect(first.status, first.text).toBe(procedure.status);
    const again = await callRest(caller, procedure, input, sent);
    if (procedure.secretAnswer) {
      expect([again.status, problemIn(again)?.["code"]], again.text).toEqual([
        409,
        "answer_not_kept",
      ]);
    } else {
      expect([again.status, again.body], again.text).toEqual([first.status, first.body]);
    }
  });
});

describe("the service's own addresses", () => {
  it("/health says that the process lives", async () => {
    const answer = await harness.anonymous.get("/health");
    expect([answer.status, answer.body]).toEqual([200, { status: "ok", version: "0.0.0-test" }]);
  });

  it("/docs/errors explains every code where a problem's type leads", async () => {
    const page = await fetch(`${harness.url}/docs/errors`);
    expect([page.status, page.headers.get("content-type")]).toEqual([
      200,
      "text/html; charset=utf-8",
    ]);
    const text = await page.text();
    const missing = errorCodes.filter((code) => !text.includes(`<dt id="${code}">`));
    expect(missing).toEqual([]);
    const refused = await harness.anonymous.get("/api/me");
    expect(problemIn(refused)?.["type"]).toBe("/docs/errors#unauthenticated");
  });

  it("/readiness names each cell", async () => {
    const answer = await harness.anonymous.get("/readiness");
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({
      status: "ready",
      cells: [
        { cell: 1, region: "us-east-1", state: "ready" },
        { cell: 2, region: "eu-west-1", state: "ready" },
      ],
    });
  });

  it("/metrics is Prometheus text that counts requests by route, and names no tenant and no id", async () => {
    await admin.get(`/api/runs/${place.runId}`);
    const { status, text } = await harness.anonymous.get("/metrics");
    expect(status).toBe(200);
    expect(text).toMatch(
      /^aic_http_request_duration_count\{.*route="\/api\/runs\/\{runId\}".*\} \d+/m,
    );
    expect(text).toMatch(/^aic_decisions_total\{outcome="allow",permission="run:read"/m);
    expect(text).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-8/);
  });
});

describe("a page", () => {
  it("leads through everything once, newest first", async () => {
    const made: string[] = [];
    for (let n = 0; n < 5; n += 1) {
      const answer = await admin.post("/api/runs", {
        workflowId: place.workflowId,
        inputs: { ticket: "INC1234" },
        workspaceId: place.workspace.id,
      });
      made.unshift((answer.body as { id: string }).id);
    }
    const seen: string[] = [];
    let cursor: string | null = "";
    while (cursor !== null) {
      const query: string = cursor === "" ? "" : `&cursor=${cursor}`;
      const answer = await place.admin.get(`/api/runs?limit=2${query}`);
      const page = answer.body as { items: { id: string }[]; nextCursor: string | null };
      expect(page.items.length).toBeLessThanOrEqual(2);
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    }
    expect(seen.slice(0, 5)).toEqual(made);
    expect(new Set(seen).size).toBe(seen.length);
  });
});
