import { MAX_EMAIL_DOMAINS } from "@aic-sos/contract/email-domains";
import { MAX_GROUP_RULES } from "@aic-sos/contract/group-rules";
import { MAX_IDENTITY_PROVIDERS } from "@aic-sos/contract/identity-providers";
import { MAX_OPEN_INVITATIONS } from "@aic-sos/contract/invitations";
import { freshId } from "@aic-sos/testkit/make-id";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { auditTrail } from "./audit-trail.ts";
import { problemIn } from "./procedure-calls.ts";
import { type Stage, startStage } from "./sign-in-stage.ts";
import { type Actor, makeActor, makeHome } from "./world.ts";

let stage: Stage;
let boss: Actor;
let tenantId: string;
beforeAll(async () => {
  stage = await startStage();
  const { harness } = stage;
  const { tenant } = await makeHome(harness, harness.us);
  tenantId = tenant.id;
  boss = await makeActor(harness, tenant, { role: "WorkspaceAdmin" });
}, 120_000);
afterAll(() => stage?.stop());

interface Cap {
  readonly most: number;
  readonly path: string;
  /** Columns and values of the n-th row, with `n.id` and `n.nr`; $3 is who made it. */
  readonly rows: string;
  readonly body: (nr: number) => object;
}

const CAPS: Readonly<Record<string, Cap>> = {
  "group rules": {
    most: MAX_GROUP_RULES,
    path: "/api/group-rules",
    rows: `group_rules (tenant_id, id, group_name, role, created_by)
      select $1, n.id, 'group ' || n.nr, 'Operator', $3::uuid`,
    body: (nr) => ({ group: `more ${nr}`, role: "Operator" }),
  },
  "email domains": {
    most: MAX_EMAIL_DOMAINS,
    path: "/api/email-domains",
    rows: `email_domains (tenant_id, id, domain, challenge)
      select $1, n.id, 'd' || n.nr || '.example.test', rpad(replace(n.id::text, '-', ''), 43, 'x') from (select $3::uuid) as made`,
    body: (nr) => ({ domain: `more${nr}.example.test` }),
  },
  "identity providers": {
    most: MAX_IDENTITY_PROVIDERS,
    path: "/api/identity-providers",
    rows: `identity_providers (tenant_id, id, issuer, client_id)
      select $1, n.id, 'https://idp' || n.nr || '.example.test', 'aic' from (select $3::uuid) as made`,
    body: (nr) => {
      const { issuer, clientId, clientSecret } = nr % 2 === 0 ? stage.partner : stage.standard;
      return { name: `Provider ${nr}`, issuer, clientId, clientSecret, emailDomains: [] };
    },
  },
  "open invitations": {
    most: MAX_OPEN_INVITATIONS,
    path: "/api/members/invitations",
    rows: `invitations (tenant_id, id, email, role, secret_hash, expires_at, created_by)
      select $1, n.id, 'in' || n.nr || '@example.test', 'Operator', sha256(n.id::text::bytea), now() + interval '1 day', $3::uuid`,
    body: (nr) => ({ email: `more${nr}@example.test`, role: "Operator", tenantWide: true }),
  },
};

describe("a tenant", () => {
  it.each(Object.entries(CAPS))(
    "has a highest number of %s and never one more, also when two are made at once",
    async (what, { most, path, rows, body }) => {
      const { us, cells } = stage.harness;
      const db = await cells.superuser(us);
      const ids = Array.from({ length: most - 1 }, () => freshId(us.code));
      const from = rows.includes(" from ") ? "cross join" : "from";
      await db.query(
        `insert into ${rows} ${from} unnest($2::uuid[]) with ordinality as n (id, nr)`,
        [tenantId, ids, boss.person.id],
      );
      const answers = await Promise.all([0, 1].map((nr) => boss.post(path, body(nr))));
      expect(
        answers.map(({ status }) => status).toSorted((a, b) => a - b),
        answers.map(({ text }) => text).join(),
      ).toEqual([201, 409]);
      const refused = answers.find(({ status }) => status === 409);
      expect(refused && problemIn(refused)).toMatchObject({
        code: "conflict",
        detail: expect.stringContaining(`${most} ${what}`),
      });
    },
  );
});

describe("the log says which", () => {
  const hmac = expect.stringMatching(/^[\w-]{43}$/);
  it.each([
    ["group_rule", "/api/group-rules", { group: "told", role: "Auditor" }, ["group", "role"]],
    ["email_domain", "/api/email-domains", { domain: "told.example.test" }, ["domain"]],
  ])("%s came and went, and no value", async (noun, path, body, fields) => {
    const { harness } = stage;
    const home = await makeHome(harness, harness.us);
    const own = await makeActor(harness, home.tenant, { role: "WorkspaceAdmin" });
    const made = (await own.post(path, body)).body as { id?: string; groupRule?: { id: string } };
    const id = made.groupRule?.id ?? made.id;
    expect((await own.delete(`${path}/${id}`)).status).toBe(200);
    const events = await auditTrail(harness.cells, harness.us, { tenantId: home.tenant.id });
    const changesOf = (verb: string) =>
      events.find(({ type }) => type === `${noun}.${verb}`)?.changes;
    const [created, removed] = [changesOf("created"), changesOf("removed")];
    expect(created).toEqual(fields.map((field) => ({ field, before: null, after: hmac })));
    expect(removed).toEqual(
      created?.map(({ field, after }) => ({ field, before: after, after: null })),
    );
  });
});
