import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { restProcedures } from "../src/trpc/rest-procedures.ts";
import { type Harness, startHarness } from "./harness.ts";
import { httpCaller } from "./http-caller.ts";
import { metadataOf } from "./outside.ts";
import { inputFor, makePlace, type Place } from "./places.ts";
import { callRest } from "./procedure-calls.ts";
import { type Actor, makeActor, makeHome, makeSession } from "./world.ts";

let harness: Harness;
let place: Place;
let boss: Actor;

beforeAll(async () => {
  harness = await startHarness();
  const { tenant, workspace } = await makeHome(harness, harness.us);
  place = await makePlace(harness, tenant, workspace);
  boss = await makeActor(harness, tenant, { role: "WorkspaceAdmin" });
});
afterAll(() => harness.stop());

describe("a session that was revoked while a server had it cached", () => {
  it.each(restProcedures.map((procedure) => [procedure.key, procedure] as const))(
    "is refused by %s at its next request",
    async (key, procedure) => {
      const session = await makeSession(harness, place.tenant, boss.person);
      const caller = httpCaller(harness.url, session.headers);
      expect((await caller.get("/api/me")).status).toBe(200);
      const db = await harness.cells.superuser(harness.us);
      await db.query("update sessions set revoked_at = now() where id = $1", [session.id]);
      const wentOut: string[] = [];
      harness.outside.answer = (issuer) => {
        wentOut.push(issuer);
        return { body: metadataOf(issuer) };
      };
      const answer = await callRest(caller, procedure, inputFor(key, place));
      expect([answer.status, answer.text]).toEqual([401, expect.any(String)]);
      expect(wentOut).toEqual([]);
    },
  );
});
