import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { expectProblem } from "./expect-problem.ts";
import { type Harness, startHarness } from "./harness.ts";
import type { Sent } from "./http-caller.ts";
import { freshName, inputFor, makePlace, type Place } from "./places.ts";
import { fieldsIn, problemIn } from "./procedure-calls.ts";
import { type Actor, makeActor, makeHome, yaml } from "./world.ts";

let harness: Harness;
let place: Place;
let admin: Actor;

beforeAll(async () => {
  harness = await startHarness();
  const { tenant, workspace } = await makeHome(harness, harness.us);
  place = await makePlace(harness, tenant, workspace);
  admin = await makeActor(harness, tenant, { role: "WorkspaceAdmin" });
});
afterAll(() => harness.stop());

describe("a tenant", () => {
  const create = (body: unknown) => harness.platform.post("/api/tenants", body);
  const tenants = async () => {
    const db = await harness.cells.superuser(harness.us);
    return (await db.query<{ count: string }>("select count(*) from tenants")).rows[0]?.count;
  };

  it.each([
    ["an unknown region", { name: "A", region: "mars-north-1" }, "region"],
    ["a region that is none", { name: "A", region: "" }, "region"],
    ["an empty name", { name: "", region: "us-east-1" }, "name"],
    ["a blank name", { name: "   ", region: "us-east-1" }, "name"],
    ["a name of 300 characters", { name: "x".repeat(300), region: "us-east-1" }, "name"],
    ["U+0000 in the name", { name: "a\u0000b", region: "us-east-1" }, "name"],
    ["broken Unicode in the name", { name: "a\ud800b", region: "us-east-1" }, "name"],
    ["a name of which no slug can be made", { name: "日本", region: "us-east-1" }, "slug"],
    ["a slug with capitals", { name: "A", region: "us-east-1", slug: "Acme" }, "slug"],
    [
      "an address that is none",
      { name: "A", region: "us-east-1", adminEmail: "nobody" },
      "adminEmail",
    ],
    ["a name that is a number", { name: 7, region: "us-east-1" }, "name"],
    ["no name", { region: "us-east-1" }, "name"],
  ])("with %s is refused and leaves nothing", async (_, body, field) => {
    const before = await tenants();
    expectProblem(await create(body), "invalid_input", field);
    expect(await tenants()).toBe(before);
  });

  it("with an unknown region is told which there are", async () => {
    const answer = await create({ name: "A", region: "mars-north-1" });
    expect(problemIn(answer)?.["errors"]).toMatchObject([{ allowed: ["us-east-1", "eu-west-1"] }]);
  });

  it("with a slug that is taken is refused and leaves nothing", async () => {
    const slug = freshName("taken");
    expect((await create({ name: "A", region: "us-east-1", slug })).status).toBe(201);
    const before = await tenants();
    expectProblem(await create({ name: "B", region: "us-east-1", slug }), "already_exists", "slug");
    expect(await tenants()).toBe(before);
  });
});

describe("an id", () => {
  it.each(["nonsense", "123", "a1b2c3d4-0000-4000-8000-000000000000", "x".repeat(10_000), "%00"])(
    "such as %.40s, which is none, is refused by name",
    async (id) => {
      expectProblem(await admin.get(`/api/runs/${id}`), "invalid_input", "runId");
      expectProblem(await admin.get(`/api/workspaces/${id}`), "invalid_input", "workspaceId");
      expectProblem(
        await admin.get("/api/runs", { headers: { "x-workspace-id": id.slice(0, 100) } }),
        "invalid_input",
        "X-Workspace-Id",
      );
    },
  );

  it("that is no UTF-8 in the address is refused", async () => {
    expectProblem(await admin.get("/api/runs/%E0%A4%A"), "invalid_input", "(path)");
  });

  it("in the body that differs from the one in the path is refused", async () => {
    const answer = await place.admin.put(`/api/workflows/${place.workflowId}`, {
      ...inputFor("workflow.update", place),
      workflowId: place.runId,
    });
    expectProblem(answer, "invalid_input", "workflowId");
  });

  it("in the address that should be in the body, or the other way round, is refused unless both say the same", async () => {
    const body = { ...inputFor("run.create", place), workspaceId: place.workspace.id };
    const elsewhere = `/api/runs?workspaceId=${place.runId}`;
    expectProblem(await place.admin.post(elsewhere, body), "invalid_input", "workspaceId");
    const { workspaceId, ...without } = body;
    expectProblem(await place.admin.post(elsewhere, without), "invalid_input", "workspaceId");
    const same = await place.admin.post(`/api/runs?workspaceId=${workspaceId}`, body);
    expect(same.status).toBe(201);
    const inBody = { workspaceId: place.runId };
    const path = `/api/runs/${place.runId}`;
    expectProblem(await place.admin.send("DELETE", path, inBody), "invalid_input", "workspaceId");
  });

  it("given twice is refused", async () => {
    const answer = await admin.get(`/api/runs?workspaceId=${place.workspace.id}&workspaceId=x`);
    expectProblem(answer, "invalid_input", "workspaceId");
  });
});

describe("a page", () => {
  it.each([
    ["limit=0", "limit"],
    ["limit=101", "limit"],
    ["limit=ten", "limit"],
    ["limit=", "limit"],
    ["limit=1.5", "limit"],
    ["limit=1e1", "limit"],
    ["limit=0x10", "limit"],
    ["cursor=zzz", "cursor"],
    [`cursor=${"9".repeat(300)}`, "cursor"],
    ["state=unknown", "state"],
    ["workflowId=1", "workflowId"],
  ])("asked for with %.30s is refused by name", async (query, field) => {
    expectProblem(await place.admin.get(`/api/runs?${query}`), "invalid_input", field);
  });

  it.each([
    "cursor=1e3",
    "cursor=-1",
    `cursor=${"9".repeat(19)}`,
    "class=nothing",
    "type=%00",
    "actorId=1",
  ])("of the audit log asked for with %s is refused by name", async (query) => {
    const [field = ""] = query.split("=");
    expectProblem(await place.admin.get(`/api/audit-events?${query}`), "invalid_input", field);
  });
});

describe("a workflow", () => {
  it.each([
    ["is no YAML", "a: [", "source"],
    ["is a list", "- a\n- b\n", "source"],
    ["has a tag", "apiVersion: !!js/function x", "source"],
    ["is an alias bomb", `a: &a [1,1]\nb: &b [*a,*a]\nc: &c [*b,*b]\nd: [*c,*c]\n`, "source"],
    ["is binary", "\u0001\u0002", "source"],
  ])("that %s is refused with line and column", async (_, source, field) => {
    const answer = await place.admin.post("/api/workflows", { source });
    expect([400, 422], answer.text).toContain(answer.status);
    expect(fieldsIn(answer).every((name) => name.startsWith(field))).toBe(true);
  });

  it("with escaped U+0000 in it is refused, for Postgres cannot store it", async () => {
    const source = yaml("nul").replace("Waits a little", '"a\\0b"');
    expectProblem(
      await place.admin.post("/api/workflows", { source }),
      "invalid_workflow",
      "source.metadata.description",
    );
  });

  it("of another name is no version of this one", async () => {
    const answer = await place.admin.put(`/api/workflows/${place.workflowId}`, {
      source: yaml("renamed"),
    });
    expectProblem(answer, "invalid_input", "source.metadata.name");
  });

  it("whose name is taken is refused", async () => {
    const source = yaml(freshName("twice"));
    expect((await place.admin.post("/api/workflows", { source })).status).toBe(201);
    expectProblem(
      await place.admin.post("/api/workflows", { source }),
      "already_exists",
      "source.metadata.name",
    );
  });

  it("that has runs cannot be deleted", async () => {
    const answer = await place.admin.delete(`/api/workflows/${place.workflowId}`);
    expect([answer.status, problemIn(answer)?.["code"]]).toEqual([409, "conflict"]);
  });

  it.each([2 ** 31, 2 ** 53, 0, 1.5, true, null, [1], "1e0", "0x1"])(
    "version that could be none, such as %j, is refused by name and nothing is published",
    async (version) => {
      const path = `/api/workflows/${place.workflowId}/publish`;
      const answer = await place.admin.post(path, { version, environment: "numbers" });
      expectProblem(answer, "invalid_input", "version");
    },
  );

  it("version in an address is its digits", async () => {
    const versions = `/api/workspaces/${place.workspace.id}/workflows/${place.workflowId}/versions`;
    expect((await place.admin.get(`${versions}/1`)).status).toBe(200);
    for (const version of ["0x1", "+1", "%201", "1.0", String(2 ** 31)]) {
      expectProblem(await place.admin.get(`${versions}/${version}`), "invalid_input", "version");
    }
  });

  it("version that does not exist cannot be published", async () => {
    const answer = await place.admin.post(`/api/workflows/${place.workflowId}/publish`, {
      version: 99,
    });
    expectProblem(answer, "invalid_input", "version");
  });
});

describe("a run", () => {
  const run = (body: object, sent?: Sent) =>
    place.admin.post("/api/runs", { workflowId: place.workflowId, ...body }, sent);

  it.each([
    ["an input the workflow does not have", { nothing: 1 }, "inputs.nothing"],
    ["an input of the wrong form", { ticket: "tea" }, "inputs.ticket"],
    ["U+0000", { ticket: "a\u0000b" }, "inputs.ticket"],
    ["broken Unicode", { ticket: "\ud800" }, "inputs.ticket"],
    ["U+0000 in a name", { ["a\u0000"]: 1 }, "inputs"],
  ])("with %s is refused by name", async (_, inputs, field) => {
    expectProblem(await run({ inputs }), "invalid_run_inputs", field);
  });

  it.each([
    ["beside the others", '{"ticket":"INC1000","__proto__":{"users":3}}', "inputs.__proto__"],
    ["escaped", String.raw`{"ticket":"INC1000","\u005f_proto__":1}`, "inputs.__proto__"],
    ["inside one", '{"ticket":"INC1000","a":[{"b":{"__proto__":null}}]}', "inputs.a.0.b.__proto__"],
  ])(
    "with an input named __proto__ %s is refused by name, on either face",
    async (_, inputs, field) => {
      const raw = { raw: `{"workflowId":"${place.workflowId}","inputs":${inputs}}` };
      const runs = async () => (await place.admin.get("/api/runs")).text;
      const before = await runs();
      expectProblem(
        await place.admin.send("POST", "/api/runs", undefined, raw),
        "invalid_input",
        field,
      );
      const overTrpc = await place.admin.mutate("run.create", undefined, raw);
      expect([overTrpc.status, fieldsIn(overTrpc)], overTrpc.text).toEqual([400, [field]]);
      expect(await runs()).toBe(before);
    },
  );

  it("with broken Unicode and an idempotency key is refused as well, not an error of ours", async () => {
    const answer = await run(
      { inputs: { ticket: "\ud800" } },
      { headers: { "idempotency-key": "unicode" } },
    );
    expect([400, 422], answer.text).toContain(answer.status);
  });

  it("with inputs nested beyond reason is refused", async () => {
    const raw = `{"workflowId":"${place.workflowId}","inputs":{"a":${"[".repeat(100_000)}${"]".repeat(100_000)}}}`;
    const answer = await place.admin.send("POST", "/api/runs", undefined, { raw });
    expectProblem(answer, "malformed_body", "(body)");
  });

  it("of a workflow that is not published there is refused", async () => {
    expectProblem(
      await run({ environment: "nowhere", inputs: {} }),
      "not_published",
      "environment",
    );
  });

  it("that has not finished cannot be deleted", async () => {
    const answer = await place.admin.delete(`/api/runs/${place.runId}`);
    expect([answer.status, problemIn(answer)?.["code"]]).toEqual([409, "conflict"]);
  });
});

describe("a provider key", () => {
  const store = (body: object) =>
    place.admin.post("/api/provider-keys", { ...inputFor("providerKey.create", place), ...body });

  it.each([
    ["too short", { key: "sk-1" }, "key"],
    ["with a space", { key: "sk-0123456789 0123456789" }, "key"],
    ["with a line end", { key: "sk-01234567890123456789\r\nX: y" }, "key"],
    ["longer than any header", { key: "x".repeat(513) }, "key"],
    ["of no provider", { provider: "acme" }, "provider"],
    ["of Azure without an endpoint", { provider: "azure_openai" }, "endpoint"],
    ["of OpenAI with an endpoint", { endpoint: "https://a-b.openai.azure.com" }, "endpoint"],
    [
      "for a host of one's own",
      { provider: "azure_openai", endpoint: "https://evil.test/openai.azure.com" },
      "endpoint",
    ],
  ])("%s is refused by name, and the answer does not repeat it", async (_, body, field) => {
    const answer = await store(body);
    expectProblem(answer, "invalid_input", field);
    if ("key" in body) expect(answer.text).not.toContain(body.key);
  });
});

describe("a connector", () => {
  it.each([
    [{ kind: "fax" }, "kind"],
    [{ config: { instanceUrl: "http://plain.example.test" } }, "config.instanceUrl"],
    [{ config: { instanceUrl: "javascript:alert(1)" } }, "config.instanceUrl"],
    [{ config: { instanceUrl: "https://me:secret@example.test" } }, "config.instanceUrl"],
    [{ credentials: { username: "" } }, "credentials.username"],
    [{ name: "\u0000" }, "name"],
  ])("with %j is refused by name", async (body, field) => {
    const answer = await place.admin.post("/api/connectors/install", {
      ...inputFor("connector.install", place),
      ...body,
    });
    expectProblem(answer, "invalid_input", field);
  });

  it("takes the credentials of its own kind only", async () => {
    const answer = await place.admin.put(`/api/connectors/${place.connectorId}/credentials`, {
      credentials: { username: "a", password: "b" },
    });
    expectProblem(answer, "invalid_input", "credentials");
  });
});
