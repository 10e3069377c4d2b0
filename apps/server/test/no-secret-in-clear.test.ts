import type { TestTenant } from "@aic-sos/testkit/make-tenant";
import { makeWorkspace } from "@aic-sos/testkit/make-workspace";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Answer, Caller } from "./http-caller.ts";
import {
  askAsDevice,
  letIn,
  newAttempt,
  poll,
  redeem,
  refresh,
  type Tokens,
} from "./native-app.ts";
import { freshName } from "./places.ts";
import { startStage, type Stage } from "./sign-in-stage.ts";
import { formsFound, wholeDatabase } from "./whole-database.ts";
import { type Actor, makeActor, makeHome } from "./world.ts";

let stage: Stage;
let boss: Actor;
let workspaceId: string;
let tenant: TestTenant;

beforeAll(async () => {
  stage = await startStage();
  const { harness } = stage;
  ({ tenant } = await makeHome(harness, harness.us));
  const db = await harness.cells.superuser(harness.us);
  const workspace = await makeWorkspace(db, tenant, { dataPersistenceMode: "full" });
  workspaceId = workspace.id;
  boss = await makeActor(harness, tenant, { role: "WorkspaceAdmin" });
});
afterAll(() => stage.stop());

async function made<T>(answer: Promise<Answer>): Promise<T> {
  const { status, text, body } = await answer;
  if (status >= 300) throw new Error(text);
  return body as T;
}

const post = <T>(path: string, body: object, by: Caller = boss) =>
  made<T>(by.post(`/api${path}`, body));

/** Something that nothing else contains. */
const mark = (prefix: string) => `${prefix}${freshName("Planted0123456789abcdefXYZ")}`;

/** What secrets consist of, beside their whole text: `aic_…_<secret>_<checksum>`, `<id>.<secret>`. */
const partsOf = (text: string): string[] => [
  text,
  ...text.split(/[._=;]/).filter((part) => part.length >= 40 && !/^[0-9a-f-]+$/.test(part)),
];

/** One of each kind, made the way it is always made; `columns` are where each is kept, hashed or sealed. */
const KINDS: readonly {
  readonly kind: string;
  readonly columns: readonly string[];
  readonly plant: () => Promise<readonly string[]>;
}[] = [
  {
    kind: "invitations and sessions",
    columns: [
      "invitations.secret_hash",
      "sessions.secret_hash",
      "sessions.id_token_hint_sealed",
      "sessions.ip_sealed",
      "sessions.user_agent_sealed",
    ],
    plant: async () => {
      const person = { name: "Ina Invited", email: `${freshName("ina")}@acme.test`, groups: [] };
      await stage.standard.setPeople([person]);
      const invitation = { email: person.email, role: "Operator", workspaceId };
      const { url } = await post<{ url: string }>("/members/invitations", invitation);
      const { pathname } = new URL(url);
      const caller = await stage.enter(pathname, person);
      return [pathname.split("/").at(-1) ?? "", caller.headers["cookie"] ?? ""];
    },
  },
  {
    kind: "API keys",
    columns: ["api_keys.secret_hash"],
    plant: async () => {
      const service = { name: freshName("bot"), roles: ["Operator"], workspaceId };
      const { id: serviceId } = await post<{ id: string }>("/services", service);
      type Made = { key: string; apiKey: { id: string } };
      const first = await post<Made>("/api-keys", { serviceId, name: "one", workspaceId });
      const next = await post<Made>(`/api-keys/${first.apiKey.id}/rotate`, { workspaceId });
      return [first.key, next.key];
    },
  },
  {
    kind: "codes and tokens of apps",
    columns: [
      "authorization_codes.secret_hash",
      "authorization_codes.device_name_sealed",
      "refresh_tokens.secret_hash",
      "refresh_token_families.device_name_sealed",
    ],
    plant: async () => {
      const { url } = stage.harness;
      const attempt = newAttempt();
      const code = await letIn(boss, attempt);
      const first = await made<Tokens>(redeem(url, code, attempt));
      const next = await made<Tokens>(refresh(url, first.refresh_token));
      const tokens = [first, next].flatMap((one) => [one.access_token, one.refresh_token]);
      return [code, attempt.verifier, ...tokens];
    },
  },
  {
    kind: "codes of devices and who shows them",
    columns: [
      "device_codes.secret_hash",
      "device_codes.device_name_sealed",
      "device_codes.address_sealed",
    ],
    plant: async () => {
      const { url } = stage.harness;
      const waiting = await askAsDevice(url, tenant);
      const { user_code: userCode, device_code: deviceCode } = await askAsDevice(url, tenant);
      await made(boss.get(`/api/app-sessions/device?userCode=${userCode}`));
      await post("/app-sessions/device", { userCode, allow: true });
      const tokens = await made<Tokens>(poll(url, deviceCode));
      return [waiting.device_code, deviceCode, tokens.access_token, tokens.refresh_token];
    },
  },
  {
    kind: "the platform key",
    columns: [],
    plant: async () => [stage.harness.config.platformKey ?? ""],
  },
  {
    kind: "client secrets of identity providers",
    columns: ["identity_providers.client_secret_sealed"],
    plant: async () => {
      const { issuer, clientId, clientSecret } = stage.partner;
      const provider = { name: "Partner", issuer, clientId, clientSecret };
      const { identityProvider } = await post<{ identityProvider: { id: string } }>(
        "/identity-providers",
        provider,
      );
      const another = mark("client-secret-");
      await made(
        boss.put(`/api/identity-providers/${identityProvider.id}`, { clientSecret: another }),
      );
      return [clientSecret, another, stage.standard.clientSecret];
    },
  },
  {
    kind: "secrets of webhooks",
    columns: ["security_webhooks.secret_sealed", "security_webhooks.previous_secret_sealed"],
    plant: async () => {
      type Made = { webhook: { id: string }; secret: string };
      const url = `${stage.harness.outside.issuer}/hook`;
      const first = await post<Made>("/webhooks", { name: freshName("Hook"), url });
      const next = await post<Made>(`/webhooks/${first.webhook.id}/secret`, {});
      return [first, next].flatMap(({ secret }) => {
        // The secret itself is the bytes that the text stands for.
        const base64 = secret.replace("whsec_", "");
        return [secret, base64, Buffer.from(base64, "base64").toString("hex")];
      });
    },
  },
  {
    kind: "provider keys",
    columns: ["provider_key_versions.sealed"],
    plant: async () => {
      const key = mark("sk-proj-");
      const body = { provider: "openai", name: freshName("Key"), key, workspaceId };
      await post("/provider-keys", body);
      return [key];
    },
  },
  {
    kind: "credentials of connectors",
    columns: ["connector_installations.credentials_sealed"],
    plant: async () => {
      const [password, signingSecret] = [mark("password-"), mark("signing-")];
      const config = { instanceUrl: "https://dev.service-now.com" };
      const credentials = { username: "integration", password };
      const name = freshName("ServiceNow");
      await post("/connectors/install", {
        kind: "servicenow",
        name,
        config,
        credentials,
        workspaceId,
      });
      const hook = {
        kind: "webhook",
        name: freshName("Hook"),
        config: { url: "https://hooks.example.test" },
      };
      const { id } = await post<{ id: string }>("/connectors/install", { ...hook, workspaceId });
      await made(
        boss.put(`/api/connectors/${id}/credentials`, {
          credentials: { signingSecret },
          workspaceId,
        }),
      );
      return [password, signingSecret];
    },
  },
];

/** Columns that hold no secret of a caller, or one that nobody outside ever had: why they need none planted. */
const OTHERS: Readonly<Record<string, string>> = {
  "checkpoint_keys.private_key_sealed": "made inside; searched for as PKCS #8 below",
  "signing_keys.private_key_sealed": "made inside; searched for as PKCS #8 below",
  "data_keys.wrapped": "made inside, wrapped by the key-encryption key",
  "record_contents.sealed": "content, of which runs keep none yet",
  "idempotency_keys.sealed_answer": "an answer without secrets",
};

let database: string;

describe("the database", () => {
  beforeAll(async () => {
    const planted = new Map<string, readonly string[]>();
    for (const { kind, plant } of KINDS) planted.set(kind, (await plant()).flatMap(partsOf));
    secrets = planted;
    const { cells, us, eu } = stage.harness;
    database = (await Promise.all([us, eu].map((cell) => wholeDatabase(cells, cell)))).join("\n");
  }, 60_000);

  let secrets: ReadonlyMap<string, readonly string[]>;

  it.each(KINDS.map(({ kind }) => kind))(
    "holds no part of %s, raw, in hex or in base64",
    (kind) => {
      const parts = secrets.get(kind) ?? [];
      expect(parts.length).toBeGreaterThan(0);
      for (const part of parts) {
        expect(part.length, kind).toBeGreaterThan(15);
        expect(formsFound(database, part)).toEqual([]);
        expect(stage.harness.log.join("\n")).not.toContain(part);
      }
    },
  );

  it("holds no code that a device shows, waiting or answered", async () => {
    const { cells, us, url } = stage.harness;
    const codes: string[] = [];
    for (const allow of [undefined, true, false]) {
      const { user_code: userCode } = await askAsDevice(url, tenant);
      await made(boss.get(`/api/app-sessions/device?userCode=${userCode}`));
      if (allow !== undefined) await post("/app-sessions/device", { userCode, allow });
      codes.push(userCode, userCode.replace("-", ""));
    }
    const now = await wholeDatabase(cells, us);
    for (const code of codes) {
      expect(formsFound(now, code)).toEqual([]);
      expect(stage.harness.log.join("\n")).not.toContain(code);
    }
  });

  it("holds no token of a provider and no private key in clear", () => {
    for (const text of ["eyJhbGciOi", "PRIVATE KEY", '"d":"']) {
      expect(formsFound(database, text)).toEqual([]);
    }
    // PKCS #8 of an Ed25519 key begins so.
    expect(database).not.toContain("302e020100300506032b6570");
  });

  it("is searched in a way that finds what is there", async () => {
    const db = await stage.harness.cells.superuser(stage.harness.us);
    const secret = mark("left-behind-");
    for (const [form, left] of [
      ["raw", Buffer.from(`{"key":"${secret}"}`)],
      ["hex", Buffer.from(Buffer.from(secret).toString("hex"))],
      ["base64", Buffer.from(Buffer.from(`ab${secret}`).toString("base64"))],
      ["base64", Buffer.from(Buffer.from(`a${secret}`).toString("base64url"))],
    ] as const) {
      for (const column of ["name = $1", "config = jsonb_build_object('url', $1::text)"]) {
        await db.query("begin");
        const sql = `update connector_installations set ${column}`;
        expect((await db.query(sql, [left.toString().slice(0, 200)])).rowCount).toBeGreaterThan(0);
        expect(
          formsFound(await wholeDatabase(stage.harness.cells, stage.harness.us), secret),
        ).toContain(form);
        await db.query("rollback");
      }
    }
  });

  it("has no column for secrets of which none was planted", async () => {
    const db = await stage.harness.cells.superuser(stage.harness.us);
    const { rows } = await db.query<{ name: string }>(
      `select table_name || '.' || column_name as name from information_schema.columns
        where table_schema = 'public'
          and column_name ~ '(secret|sealed|wrapped|credential|password|private)' and data_type <> 'timestamp with time zone'`,
    );
    const known = [...KINDS.flatMap(({ columns }) => columns), ...Object.keys(OTHERS)];
    expect(rows.map(({ name }) => name).filter((name) => !known.includes(name))).toEqual([]);
  });
});
