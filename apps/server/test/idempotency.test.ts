import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Harness, startHarness } from "./harness.ts";
import { OPENAI_KEY } from "./place-inputs.ts";
import { freshName, inputFor, makePlace, type Place } from "./places.ts";
import { problemIn } from "./procedure-calls.ts";
import { makeActor, makeHome, yaml } from "./world.ts";

let harness: Harness;
let place: Place;

beforeAll(async () => {
  harness = await startHarness();
  const { tenant, workspace } = await makeHome(harness, harness.us);
  place = await makePlace(harness, tenant, workspace);
});
afterAll(() => harness.stop());

const withKey = (key: string) => ({ headers: { "idempotency-key": key } });

async function count(text: string, values: unknown[]): Promise<number> {
  const db = await harness.cells.superuser(harness.us);
  const { rows } = await db.query<{ count: string }>(text, values);
  return Number(rows[0]?.count);
}

function workflowsNamed(name: string): Promise<number> {
  return count("select count(*) from workflows where name = $1", [name]);
}

function tenantsOfSlug(slug: string): Promise<number> {
  return count("select count(*) from tenants where slug = $1", [slug]);
}

describe("a mutation with an idempotency key", () => {
  it("sent twenty times at once has one effect, and every answer is the same or asks to try again", async () => {
    const name = freshName("parallel");
    const key = freshName("key");
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        place.admin.post("/api/workflows", { source: yaml(name) }, withKey(key)),
      ),
    );
    expect(await workflowsNamed(name)).toBe(1);
    expect(answers.map(({ status }) => status).filter((status) => status !== 201)).toEqual([]);
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
  });

  it("sent again, also over the other face, gets the first answer", async () => {
    const source = yaml(freshName("again"));
    const key = freshName("key");
    const first = await place.admin.post("/api/workflows", { source }, withKey(key));
    const again = await place.admin.post("/api/workflows", { source }, withKey(key));
    const other = await place.admin.mutate("workflow.create", { source }, withKey(key));
    expect([again.status, again.text]).toEqual([201, first.text]);
    expect((other.body as { result: { data: unknown } }).result.data).toEqual(first.body);
  });

  it("with another body is refused, and nothing is done", async () => {
    const key = freshName("key");
    const [one, other] = [freshName("one"), freshName("other")];
    await place.admin.post("/api/workflows", { source: yaml(one) }, withKey(key));
    const answer = await place.admin.post("/api/workflows", { source: yaml(other) }, withKey(key));
    expect([answer.status, problemIn(answer)?.["code"]]).toEqual([422, "idempotency_key_reused"]);
    expect(problemIn(answer)?.["errors"]).toMatchObject([{ field: "Idempotency-Key" }]);
    expect(await workflowsNamed(other)).toBe(0);
  });

  it("that failed is not remembered: it may be mended and sent again", async () => {
    const key = freshName("key");
    const taken = yaml(freshName("taken"));
    await place.admin.post("/api/workflows", { source: taken });
    expect((await place.admin.post("/api/workflows", { source: taken }, withKey(key))).status).toBe(
      409,
    );
    const mended = await place.admin.post(
      "/api/workflows",
      { source: yaml(freshName("mended")) },
      withKey(key),
    );
    expect(mended.status).toBe(201);
  });

  it("does not meet another person's key, nor the same key of another procedure", async () => {
    const key = freshName("key");
    const other = await makeActor(harness, place.tenant, {
      role: "Operator",
      workspace: place.workspace,
    });
    const mine = await place.admin.post(
      "/api/workflows",
      { source: yaml(freshName("mine")) },
      withKey(key),
    );
    const theirs = await other.post(
      "/api/workflows",
      { source: yaml(freshName("theirs")) },
      withKey(key),
    );
    const run = await place.admin.post("/api/runs", inputFor("run.create", place), withKey(key));
    expect([mine.status, theirs.status, run.status]).toEqual([201, 201, 201]);
  });

  it("is refused and not replayed once the right is gone", async () => {
    const key = freshName("key");
    const actor = await makeActor(harness, place.tenant, {
      role: "Operator",
      workspace: place.workspace,
    });
    const source = yaml(freshName("revoked"));
    expect((await actor.post("/api/workflows", { source }, withKey(key))).status).toBe(201);
    const db = await harness.cells.superuser(harness.us);
    await db.query("delete from role_bindings where user_id = $1", [actor.person.id]);
    const answer = await actor.post("/api/workflows", { source }, withKey(key));
    expect([403, 400, 404]).toContain(answer.status);
    expect(answer.text).not.toContain("apiVersion");
  });

  it("keeps neither the request nor the answer in the clear", async () => {
    const key = freshName("key");
    await place.admin.post(
      "/api/provider-keys",
      inputFor("providerKey.create", place),
      withKey(key),
    );
    const db = await harness.cells.superuser(harness.us);
    const { rows } = await db.query<{ row: unknown }>(
      "select to_jsonb(t) as row from idempotency_keys t where key = $1",
      [key],
    );
    const text = JSON.stringify(rows);
    expect(rows).toHaveLength(1);
    for (const secret of [OPENAI_KEY, 'providerKey":', "lastFour"]) {
      expect(text).not.toContain(secret);
      expect(text).not.toContain(Buffer.from(secret).toString("hex"));
    }
  });

  it("cannot come in a batch", async () => {
    const name = freshName("batch");
    const answer = await place.admin.send(
      "POST",
      "/trpc/workflow.create,workflow.create?batch=1",
      { 0: { source: yaml(name) }, 1: { source: yaml(name) } },
      withKey("batch"),
    );
    expect([answer.status, problemIn(answer)?.["code"]]).toEqual([
      400,
      "batch_with_idempotency_key",
    ]);
    expect(await workflowsNamed(name)).toBe(0);
  });
});

describe("a mutation whose answer holds a secret", () => {
  it("tells a repeated request the id of the tenant, and no secret", async () => {
    const body = { name: "Once", region: "us-east-1", slug: freshName("once") };
    const first = await harness.platform.post("/api/tenants", body, withKey("once"));
    const again = await harness.platform.post("/api/tenants", body, withKey("once"));
    const { tenant } = first.body as { tenant: { id: string } };
    expect([first.status, again.status]).toEqual([201, 409]);
    expect(problemIn(again)).toMatchObject({ code: "answer_not_kept", resourceId: tenant.id });
    expect(await tenantsOfSlug(body.slug)).toBe(1);
  });

  it("makes one tenant of twenty requests at once", async () => {
    const body = { name: "Twenty", region: "us-east-1", slug: freshName("twenty") };
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        harness.platform.post("/api/tenants", body, withKey("twenty")),
      ),
    );
    const made = answers.filter(({ status }) => status === 201);
    expect(made).toHaveLength(1);
    const [{ tenant } = { tenant: { id: "none" } }] = made.map(
      ({ body: answer }) => answer as { tenant: { id: string } },
    );
    for (const answer of answers.filter(({ status }) => status !== 201)) {
      expect(problemIn(answer)).toMatchObject({ code: "answer_not_kept", resourceId: tenant.id });
    }
    expect(await tenantsOfSlug(body.slug)).toBe(1);
  });

  it("works for the other region from the same platform key", async () => {
    const body = { name: "Abroad", region: "eu-west-1", slug: freshName("abroad") };
    expect((await harness.platform.post("/api/tenants", body, withKey("abroad"))).status).toBe(201);
    const again = await harness.platform.post("/api/tenants", body, withKey("abroad"));
    expect(problemIn(again)).toMatchObject({ code: "answer_not_kept" });
    expect(problemIn(again)?.["resourceId"]).toMatch(/-8002-/);
  });

  it("tells a repeated invitation its id", async () => {
    const body = { email: "twice@example.test", role: "Operator" };
    const first = await place.admin.post("/api/members/invitations", body, withKey("invite"));
    const again = await place.admin.post("/api/members/invitations", body, withKey("invite"));
    expect(problemIn(again)).toMatchObject({
      code: "answer_not_kept",
      resourceId: (first.body as { id: string }).id,
    });
  });
});

describe("the creation of a tenant that dies half-way", () => {
  /** What breaks it: at its second row. */
  async function whileBroken(how: string, use: () => Promise<void>): Promise<void> {
    const db = await harness.cells.superuser(harness.us);
    await db.query(`create function break_it() returns trigger language plpgsql security definer as
      $$ begin ${how}; return new; end $$`);
    await db.query(
      "create trigger break_it before insert on invitations for each row execute function break_it()",
    );
    try {
      await use();
    } finally {
      await db.query("drop trigger break_it on invitations");
      await db.query("drop function break_it()");
    }
  }

  it.each([
    ["is refused by the database", "raise exception 'not now'", 409],
    ["loses its connection", "perform pg_terminate_backend(pg_backend_pid())", 503],
  ])(
    "because it %s leaves nothing, and is done by the same request with the same key",
    async (_, how, status) => {
      const body = { name: "Half", region: "us-east-1", slug: freshName("half") };
      const key = freshName("half");
      await whileBroken(how, async () => {
        const answer = await harness.platform.post("/api/tenants", body, withKey(key));
        expect(answer.status, answer.text).toBe(status);
        expect(await tenantsOfSlug(body.slug)).toBe(0);
        expect(await count("select count(*) from idempotency_keys where key = $1", [key])).toBe(0);
      });
      const again = await harness.platform.post("/api/tenants", body, withKey(key));
      expect(again.status, again.text).toBe(201);
      expect(await tenantsOfSlug(body.slug)).toBe(1);
    },
  );
});
