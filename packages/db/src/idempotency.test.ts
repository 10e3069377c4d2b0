import { platformTenantId } from "@aic-sos/contract/ids";
import { makePerson } from "@aic-sos/testkit/make-person";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { appendEvent } from "./append-event.ts";
import { foundTenant } from "./doors.ts";
import { IdempotencyConflict } from "./errors.ts";
import { findIdempotent, type IdempotencyIntent, withIdempotency } from "./idempotency.ts";
import { newId } from "./ids.ts";
import { write } from "./scoped.ts";
import {
  countOf,
  grantAt,
  grantIn,
  makePlace,
  openWorld,
  type Place,
  type World,
} from "./world.test-support.ts";

let world: World;
let place: Place;

beforeAll(async () => {
  world = await openWorld();
  place = await makePlace(world);
});
afterAll(() => world.close());

const intent = (
  key: string,
  sealAnswer: IdempotencyIntent["sealAnswer"] = seal,
): IdempotencyIntent => ({
  procedure: "workflow.create",
  key,
  requestHmac: Buffer.from("hmac of the request"),
  sealAnswer,
});
const seal = (answer: unknown) => Buffer.from(JSON.stringify(answer));

/** As the server does it: a grant of its own for each request, and a replay when another request was first. */
async function createOnce(key: string, name: string): Promise<unknown> {
  const grant = grantAt(place, "workflow:create");
  withIdempotency(grant, intent(key));
  try {
    return await write(grant, async (tx) => {
      const id = newId(grant);
      await tx.workflow.create({ data: { id, name, createdBy: place.person.id } });
      await appendEvent(tx, { type: "workflow.created", resource: { type: "workflow", id } });
      return { id };
    });
  } catch (error) {
    if (!(error instanceof IdempotencyConflict)) throw error;
    const found = await findIdempotent(grant, "workflow.create", key);
    return JSON.parse(found?.sealedAnswer?.toString() ?? "null");
  }
}

describe("a mutation with an idempotency key", () => {
  it("that arrives 20 times at once has one effect, and everybody gets its answer", async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => createOnce("race", "raced")),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]).toEqual({ id: expect.any(String) });
    expect(await countOf(world, "select count(*) from workflows where name = 'raced'")).toBe(1);
    expect(
      await countOf(
        world,
        "select count(*) from audit_inbox where events[1] like '%workflow.created%'",
      ),
    ).toBe(1);
  });

  it("keeps the request's HMAC, the sealed answer and the id of what was made", async () => {
    const { id } = (await createOnce("kept", "kept")) as { id: string };
    const found = await findIdempotent(grantAt(place, "workflow:read"), "workflow.create", "kept");
    expect(found).toEqual({
      requestHmac: Buffer.from("hmac of the request"),
      sealedAnswer: seal({ id }),
      resourceId: id,
    });
  });

  it("that failed left no trace: the next attempt of the same grant is the first", async () => {
    const grant = grantAt(place, "workflow:create");
    withIdempotency(grant, intent("failed"));
    const failing = write(grant, async () => {
      throw new RangeError("no");
    });
    await expect(failing).rejects.toThrow(RangeError);
    expect(await findIdempotent(grant, "workflow.create", "failed")).toBeUndefined();
    await write(grant, async () => ({ id: newId(grant) }));
    expect(await findIdempotent(grant, "workflow.create", "failed")).toBeDefined();
  });

  it("whose answer holds a secret keeps no answer, but the id of what exists", async () => {
    const grant = grantAt(place, "member:invite");
    withIdempotency(grant, intent("secret", null));
    const id = newId(grant);
    await write(grant, async () => ({ id, secret: "not to be kept" }));
    expect(await findIdempotent(grant, "workflow.create", "secret")).toMatchObject({
      sealedAnswer: null,
      resourceId: id,
    });
  });

  it("does not disturb another principal's or another procedure's with the same key", async () => {
    await createOnce("shared", "shared");
    const colleague = await makePerson(world.superuser, place.tenant, { role: "Operator" });
    const theirs = grantIn(
      colleague.principal,
      "workflow:create",
      place.tenant.id,
      place.workspace.id,
    );
    expect(await findIdempotent(theirs, "workflow.create", "shared")).toBeUndefined();
    const mine = grantAt(place, "workflow:create");
    expect(await findIdempotent(mine, "run.create", "shared")).toBeUndefined();
  });

  it("is forgotten after 24 hours: the key can be used again", async () => {
    await createOnce("old", "old one");
    await world.superuser.query("update idempotency_keys set expires_at = now() where key = 'old'");
    const grant = grantAt(place, "workflow:create");
    expect(await findIdempotent(grant, "workflow.create", "old")).toBeUndefined();
    await createOnce("old", "new one");
    expect(
      await countOf(world, "select count(*) from workflows where name in ('old one', 'new one')"),
    ).toBe(2);
  });

  it("of a platform administrator is kept in the tenant platform, and its effect is in the new tenant", async () => {
    const platform = { id: platformTenantId(1), name: "", slug: "", region: "us-east-1", cell: 1 };
    const admin = await makePerson(world.superuser, platform, { kind: "platform" });
    const grant = grantIn(admin.principal, "tenant:create", platform.id, null);
    const id = newId(grant);
    withIdempotency(grant, { ...intent("found"), procedure: "tenant.create" });
    await foundTenant(grant, id, async (tx) => {
      await tx.tenant.create({ data: { id, name: "New", slug: "new", region: "us-east-1" } });
      await appendEvent(tx, { type: "tenant.created", resource: { type: "tenant", id } });
      return { id };
    });
    const found = await findIdempotent(grant, "tenant.create", "found");
    expect(found).toMatchObject({ resourceId: id, sealedAnswer: seal({ id }) });
    expect(
      await countOf(world, "select count(*) from idempotency_keys where tenant_id = $1", [
        platform.id,
      ]),
    ).toBe(1);
    expect(
      await countOf(world, "select count(*) from audit_inbox where tenant_id = $1", [id]),
    ).toBe(1);

    const inTenant = grantIn({ ...admin.principal }, "workspace:create", id, null);
    withIdempotency(inTenant, { ...intent("workspace"), procedure: "workspace.create" });
    const workspaceId = newId(grant);
    await write(inTenant, async (tx) => {
      await tx.workspace.create({ data: { id: workspaceId, name: "First", region: "us-east-1" } });
      return { id: workspaceId };
    });
    expect(await findIdempotent(inTenant, "workspace.create", "workspace")).toMatchObject({
      resourceId: workspaceId,
    });
    expect(await countOf(world, "select count(*) from workspaces where tenant_id = $1", [id])).toBe(
      1,
    );
    expect(
      await countOf(world, "select count(*) from idempotency_keys where tenant_id = $1", [id]),
    ).toBe(0);
  });
});
