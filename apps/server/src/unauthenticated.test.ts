import type { AuditEvent } from "@aic-sos/audit/event";
import { freshId } from "@aic-sos/testkit/make-id";
import { describe, expect, it } from "vitest";
import { createUnauthenticatedCounter } from "./unauthenticated.ts";

function counterOver(record: (event: AuditEvent) => Promise<void>) {
  return createUnauthenticatedCounter({
    cell: { code: 1, region: "us-east-1" },
    newId: freshId,
    now: () => 0,
    recordEvent: (_, event) => record(event),
  });
}

describe("callers whom nobody could authenticate", () => {
  it("are one event in the platform's chain, however many they were; none when there were none", async () => {
    const events: AuditEvent[] = [];
    const counter = counterOver(async (event) => void events.push(event));
    await counter.flush();
    for (let n = 0; n < 10_000; n += 1) counter.count();
    await counter.flush();
    await counter.flush();
    expect(events).toMatchObject([
      {
        type: "security.unauthenticated",
        class: "security",
        tenantId: "00000000-0000-8001-8000-000000000000",
        count: 10_000,
        outcome: "deny",
      },
    ]);
  });

  it("are not forgotten when the event could not be written", async () => {
    const counts: number[] = [];
    let broken = true;
    const counter = counterOver(async ({ count }) => {
      if (broken) throw new Error("away");
      counts.push(count);
    });
    counter.count();
    await expect(counter.flush()).rejects.toThrow("away");
    counter.count();
    broken = false;
    await counter.flush();
    expect(counts).toEqual([2]);
  });
});
