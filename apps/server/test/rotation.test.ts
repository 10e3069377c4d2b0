import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Harness, startHarness } from "./harness.ts";
import { type Caller, httpCaller } from "./http-caller.ts";
import { makePlace, type Place } from "./places.ts";
import { type Replica, startSecondServer } from "./second-server.ts";
import { makeHome } from "./world.ts";

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
  await second.stop();
  await harness.stop();
});

interface Key {
  readonly id: string;
  /** At either server. */
  readonly callers: readonly Caller[];
}

async function keyFrom(answer: { body: unknown; text: string; status: number }): Promise<Key> {
  expect(answer.status, answer.text).toBe(201);
  const { apiKey, key } = answer.body as { apiKey: { id: string }; key: string };
  const headers = { authorization: `Bearer ${key}` };
  return {
    id: apiKey.id,
    callers: [httpCaller(harness.url, headers), httpCaller(second.url, headers)],
  };
}

describe("a key rotated under constant load at two servers", () => {
  it("fails no request, neither of those that still have the old key nor of the others", async () => {
    const body = { serviceId: place.serviceId, name: "load" };
    let current = await keyFrom(await place.admin.post("/api/api-keys", body));
    let stopping = false;
    const answers: number[] = [];
    // Each of them changes over when it gets to it, some requests after the rotation.
    const load = Array.from({ length: 6 }, async (_, at) => {
      while (!stopping) {
        const caller = current.callers[at % 2];
        for (let n = 0; n < 5 && caller; n += 1) {
          const read = await caller.get(`/api/runs?workspaceId=${place.workspace.id}`);
          answers.push(read.status);
        }
      }
    });
    for (let turn = 0; turn < 20; turn += 1) {
      const path = `/api/api-keys/${current.id}/rotate`;
      current = await keyFrom(await place.admin.post(path, { overlapHours: 1 }));
      await sleep(30);
    }
    stopping = true;
    await Promise.all(load);
    expect(answers.length).toBeGreaterThan(100);
    expect(answers.filter((status) => status !== 200)).toEqual([]);
  });
});
