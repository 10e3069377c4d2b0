import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { type RestProcedure, restProcedures } from "../src/trpc/rest-procedures.ts";
import { type Harness, startHarness } from "./harness.ts";
import type { Answer, Caller, Sent } from "./http-caller.ts";
import { freshName, inputFor, makePlace, type Place } from "./places.ts";
import { callRest, callTrpc, type Input, problemIn, procedureOf } from "./procedure-calls.ts";
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

function fieldsOf(answer: Answer): string[] {
  const errors = (problemIn(answer)?.["errors"] ?? []) as { field: string }[];
  return errors.map(({ field }) => field);
}

/** A 4xx problem of RFC 9457 that names the field. */
function expectProblem(answer: Answer, code: string, field: string): void {
  expect(problemIn(answer), answer.text).toMatchObject({ code });
  expect(answer.status).toBeGreaterThanOrEqual(400);
  expect(answer.status).toBeLessThan(500);
  expect(answer.headers.get("content-type")).toBe("application/problem+json; charset=utf-8");
  expect(answer.body).toMatchObject({
    type: `/docs/errors#${code}`,
    status: answer.status,
    requestId: answer.headers.get("x-request-id"),
  });
  expect(fieldsOf(answer)).toContain(field);
}

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
    expect(fieldsOf(answer).every((name) => name.startsWith(field))).toBe(true);
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

describe("the request itself", () => {
  const post = (sent: Sent) => place.admin.send("POST", "/api/workflows", undefined, sent);

  it.each([
    ["no JSON", { raw: "{" }, "malformed_body", "(body)"],
    ["a list", { raw: "[]" }, "malformed_body", "(body)"],
    ["a lone text", { raw: '"text"' }, "malformed_body", "(body)"],
    ["null", { raw: "null" }, "malformed_body", "(body)"],
    [
      "too large",
      { raw: JSON.stringify({ source: "x".repeat(2_100_000) }) },
      "body_too_large",
      "(body)",
    ],
    [
      "a form",
      { raw: "a=b", headers: { "content-type": "application/x-www-form-urlencoded" } },
      "unsupported_media_type",
      "Content-Type",
    ],
    [
      "plain text",
      { raw: "{}", headers: { "content-type": "text/plain" } },
      "unsupported_media_type",
      "Content-Type",
    ],
    [
      "in another charset",
      { raw: "{}", headers: { "content-type": "application/json; charset=latin1" } },
      "unsupported_media_type",
      "Content-Type",
    ],
    [
      "said to be compressed",
      { raw: "{}", headers: { "content-encoding": "gzip" } },
      "malformed_body",
      "(body)",
    ],
    [
      "in an unknown encoding",
      { raw: "{}", headers: { "content-encoding": "rot13" } },
      "unsupported_media_type",
      "Content-Type",
    ],
  ])("whose body is %s is refused", async (_, sent, code, field) => {
    expectProblem(await post(sent), code, field);
  });

  it("to an unknown address is refused, whoever asks", async () => {
    for (const path of ["/api/nothing", "/api", "/api/runs/a/b/c", "/api/docs"]) {
      const answer = await place.admin.get(path);
      expect([answer.status, problemIn(answer)?.["code"]], path).toEqual([404, "not_found"]);
    }
  });

  it("with a method that the address does not take is told which it takes", async () => {
    const answer = await place.admin.send("PATCH", "/api/runs");
    expectProblem(answer, "method_not_allowed", "(method)");
    expect(answer.headers.get("allow")).toBe("POST, GET");
    expectProblem(await place.admin.delete("/api/me"), "method_not_allowed", "(method)");
    expectProblem(
      await place.admin.delete(`/api/workspaces/${place.workspace.id}`),
      "method_not_allowed",
      "(method)",
    );
  });

  it.each(["", " ", "a b", "ü", "x".repeat(129)])(
    "with the idempotency key '%.9s' is refused",
    async (key) => {
      const answer = await place.admin.post("/api/workflows", inputFor("workflow.create", place), {
        headers: { "idempotency-key": encodeURI(key) === key || key.length > 128 ? key : "a b" },
      });
      expectProblem(answer, "invalid_input", "Idempotency-Key");
    },
  );

  it.each([
    ["/trpc/nothing.here", "not_found"],
    ["/trpc/run.create", "method_not_allowed"],
    ["/trpc/run.list?input=%7B", "malformed_body"],
    ["/trpc/run.list?batch=1&input=7", "malformed_body"],
    [
      `/trpc/${Array.from({ length: 21 }, () => "me.read").join(",")}?batch=1&input=%7B%7D`,
      "malformed_body",
    ],
  ])("over tRPC to %.60s is a problem, too", async (path, code) => {
    const answer = await place.admin.get(path);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    expect(answer.text).toContain(`"code":"${code}"`);
  });

  it("over tRPC with a body over the limit is refused", async () => {
    const answer = await place.admin.mutate("workflow.create", { source: "x".repeat(2_100_000) });
    expect(problemIn(answer), answer.text).toMatchObject({ code: "body_too_large" });
  });
});

/** Names of the texts that a shape takes, wherever they are, with a way to put another text there. */
function textsOf(input: Input): { name: string; with: (text: string) => Input }[] {
  const found: { name: string; with: (text: string) => Input }[] = [];
  const walk = (node: Input, path: string, put: (changed: Input) => Input): void => {
    for (const [key, value] of Object.entries(node)) {
      const name = path === "" ? key : `${path}.${key}`;
      if (typeof value === "string")
        found.push({ name, with: (text) => put({ ...node, [key]: text }) });
      else if (typeof value === "object" && value !== null) {
        walk(value as Input, name, (changed) => put({ ...node, [key]: changed }));
      }
    }
  };
  walk(input, "", (changed) => changed);
  return found;
}

describe.each(restProcedures.map((procedure) => [procedure.key, procedure] as const))(
  "%s",
  (key, procedure) => {
    let caller: Caller;
    beforeAll(async () => {
      caller = procedure.permission.startsWith("tenant:") ? harness.platform : place.admin;
      if (key === "session.end") caller = await makeActor(harness, place.tenant);
    });

    it("refuses U+0000 in every text, by name", async () => {
      for (const { name, with: put } of textsOf(inputFor(key, place))) {
        for (const call of [callRest, callTrpc]) {
          const answer = await call(caller, procedure, put("a\u0000b"));
          expect([400, 422], `${name}: ${answer.text}`).toContain(answer.status);
          expect(
            fieldsOf(answer).some((field) => field === name || name.startsWith(field)),
            `${name}: ${answer.text}`,
          ).toBe(true);
        }
      }
    });

    it("answers junk with a 4xx, never a 5xx", async () => {
      const names = Object.keys(inputFor(key, place));
      const junk = fc.oneof(
        fc.anything({ maxDepth: 2, withNullPrototype: false }).map(asJson),
        mixed(names, procedure),
      );
      await fc.assert(
        fc.asyncProperty(junk, fc.boolean(), async (input, overRest) => {
          const call = overRest ? callRest : callTrpc;
          const shaped =
            typeof input === "object" && input !== null && !Array.isArray(input) ? input : {};
          const answer = await call(caller, procedure, overRest ? shaped : (input as Input), {
            headers: { "x-workspace-id": place.workspace.id },
          });
          expect(answer.status, answer.text).toBeLessThan(500);
        }),
        { numRuns: 25 },
      );
    });
  },
);

function asJson(value: unknown): Input {
  try {
    return JSON.parse(JSON.stringify(value) ?? "null") as Input;
  } catch {
    return {};
  }
}

/** Valid inputs with one or two fields replaced by something that is not. */
function mixed(names: readonly string[], procedure: RestProcedure): fc.Arbitrary<Input> {
  const strange = fc.oneof(
    fc.string({ unit: "binary", maxLength: 50 }),
    fc.constantFrom(
      "\ud800",
      "\u0000",
      "",
      "__proto__",
      "constructor",
      "' or 1=1 --",
      "*",
      "-1",
      "1e309",
    ),
    fc.anything({ maxDepth: 1 }).map(asJson),
  );
  const [first = "name"] = names;
  return fc
    .record({
      name: names.length > 0 ? fc.constantFrom(...names) : fc.constant(first),
      value: strange,
    })
    .map(({ name, value }) => ({ ...inputFor(procedure.key, place), [name]: value }));
}

describe("shapes", () => {
  it("bound every text and every list that a caller may send", () => {
    const unbounded: string[] = [];
    for (const { key, input } of restProcedures) {
      const walk = (node: unknown, path: string): void => {
        if (typeof node !== "object" || node === null) return;
        const { type, maxLength, pattern, format, maxItems } = node as Record<string, unknown>;
        const isId = typeof pattern === "string" || format === "uuid" || format === "date-time";
        if (
          type === "string" &&
          maxLength === undefined &&
          !isId &&
          !("enum" in node) &&
          !("const" in node)
        ) {
          unbounded.push(`${key} ${path}`);
        }
        if (type === "array" && maxItems === undefined) unbounded.push(`${key} ${path}[]`);
        for (const [name, value] of Object.entries(node)) {
          if (name !== "Json" && name !== "__schema0") walk(value, `${path}/${name}`);
        }
      };
      walk(z.toJSONSchema(input, { io: "input", unrepresentable: "any" }), "");
    }
    expect(unbounded).toEqual([]);
  });

  it("are found for every procedure by the tables of these tests", () => {
    for (const { key } of restProcedures) {
      expect(procedureOf(key).input.safeParse(inputFor(key, place)).success, key).toBe(true);
    }
  });
});
