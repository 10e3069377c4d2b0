import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { SetAside, TOO_LONG, type Unsealable } from "./set-aside.ts";

const MINUTE = 60_000;
let now = 0;

beforeEach(() => {
  now = 0;
  vi.spyOn(performance, "now").mockImplementation(() => now);
});
afterEach(() => vi.restoreAllMocks());

function event(tenantId: string, id: string, why = "22P02"): Unsealable {
  return { tenantId, id, batch: `batch of ${id}`, why };
}

it("has a tenant's events tried again together, ten minutes after the last of them, whatever another's do", () => {
  const aside = new SetAside();
  aside.add(event("one", "first"));
  aside.add(event("other", "alone"));
  now = 9 * MINUTE;
  aside.add(event("one", "second"));
  now = 11 * MINUTE;
  expect(aside.all.map(({ id }) => id)).toEqual(["first", "second"]);
  now = 20 * MINUTE;
  expect(aside.all).toEqual([]);
});

it("takes a tenant's log for one that takes none after five that were cancelled, and says so once", () => {
  const aside = new SetAside();
  for (const id of ["a", "b", "c", "d"]) aside.add(event("one", id, TOO_LONG));
  expect(aside.tenants).toEqual([]);
  aside.forget({ tenantId: "one", id: "batch of d" });
  expect(aside.hasOf({ tenantId: "one", id: "batch of d" })).toBe(false);
  for (const id of ["d", "e", "f"]) aside.add(event("one", id, TOO_LONG));
  expect(aside.tenants).toEqual(["one"]);
  expect(aside.takeUntoldLogs()).toMatchObject([{ tenantId: "one" }]);
  aside.forget({ tenantId: "one", id: "batch of f" });
  expect(aside.all).toHaveLength(6);
});
