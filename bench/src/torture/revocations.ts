import { setTimeout as sleep } from "node:timers/promises";
import type { Callers } from "../stage/callers.ts";
import { send } from "./client.ts";
import { byAdmin, type Home, type Kind, WRONG_KEY } from "./revocation-kind.ts";
import { KINDS_BY_SOURCE } from "./revoked-sources.ts";

/** Long enough to be used before, on a busy machine. */
const SHORT_ROLE_MS = 4_000;

const nothing = (): Promise<void> => Promise.resolve();

async function service(callers: Callers, { tenant, workspace }: Home) {
  const holder = await callers.make(tenant, "Operator", workspace);
  return { holder, shown: { authorization: holder.authorization }, begin: nothing };
}

async function person(callers: Callers, { tenant, workspace }: Home) {
  const holder = await callers.logIn(tenant, "Operator", workspace);
  const [used, other] = holder.sessions;
  if (!used || !other) throw new Error("nobody is logged in");
  return { holder, used, other, shown: { cookie: used.cookie }, begin: nothing };
}

/** Every way to take a right away that the API has, and time. */
export const KINDS: readonly Kind[] = [
  {
    name: "role taken away",
    refusals: [403, 404],
    make: async (callers, home) => {
      const { holder, ...others } = await service(callers, home);
      const path = `/api/role-bindings/${holder.bindingId}`;
      return { ...others, revoke: (at) => byAdmin(at, { method: "DELETE", path }) };
    },
  },
  {
    name: "role that ended",
    refusals: [403],
    make: async (callers, { tenant }) => {
      const holder = await callers.logIn(tenant, "Operator");
      const [session] = holder.sessions;
      if (!session) throw new Error("nobody is logged in");
      let end = 0;
      return {
        shown: { cookie: session.cookie },
        begin: async (at) => {
          // The role it has goes, a short one comes.
          const [binding] = holder.person.principal.bindings;
          await byAdmin(at, {
            method: "DELETE",
            path: `/api/role-bindings/${binding?.id}?tenantWide=true`,
            workspaceId: "*",
          });
          end = Date.now() + SHORT_ROLE_MS;
          const expiresAt = new Date(end).toISOString();
          const body = { memberId: holder.person.id, role: "Operator", expiresAt };
          await byAdmin(at, { method: "POST", path: "/api/role-bindings", body });
        },
        revoke: async () => {
          while (Date.now() < end) await sleep(end - Date.now());
          return { status: 200, body: undefined };
        },
      };
    },
  },
  {
    name: "key revoked",
    refusals: WRONG_KEY,
    make: async (callers, home) => {
      const { holder, ...others } = await service(callers, home);
      const path = `/api/api-keys/${holder.keyId}?tenantWide=true`;
      return {
        ...others,
        revoke: (at) => byAdmin(at, { method: "DELETE", path, workspaceId: "*" }),
      };
    },
  },
  {
    name: "key rotated out",
    refusals: WRONG_KEY,
    make: async (callers, home) => {
      const { holder, ...others } = await service(callers, home);
      const path = `/api/api-keys/${holder.keyId}/rotate`;
      const body = { overlapHours: 0, tenantWide: true };
      return {
        ...others,
        revoke: (at) => byAdmin(at, { method: "POST", path, body, workspaceId: "*" }),
      };
    },
  },
  {
    name: "service disabled",
    refusals: [403],
    make: async (callers, home) => {
      const { holder, ...others } = await service(callers, home);
      const path = `/api/services/${holder.person.id}/disable`;
      return { ...others, revoke: (at) => byAdmin(at, { method: "POST", path, body: {} }) };
    },
  },
  {
    name: "session revoked",
    refusals: [401],
    make: async (callers, home) => {
      const { used, other, shown, begin } = await person(callers, home);
      const path = `/api/sessions/${used.id}`;
      return {
        shown,
        begin,
        revoke: ({ url }) => send(url, { method: "DELETE", path, cookie: other.cookie }),
      };
    },
  },
  {
    name: "other sessions revoked",
    refusals: [401],
    make: async (callers, home) => {
      const { other, shown, begin } = await person(callers, home);
      const path = "/api/sessions";
      return {
        shown,
        begin,
        revoke: ({ url }) => send(url, { method: "DELETE", path, cookie: other.cookie }),
      };
    },
  },
  {
    name: "person disabled",
    refusals: [401],
    make: async (callers, home) => {
      const { holder, shown, begin } = await person(callers, home);
      const path = `/api/members/${holder.person.id}/disable`;
      return {
        shown,
        begin,
        revoke: (at) => byAdmin(at, { method: "POST", path, body: {} }),
      };
    },
  },
  {
    name: "person removed",
    refusals: [401],
    make: async (callers, home) => {
      const { holder, shown, begin } = await person(callers, home);
      const path = `/api/members/${holder.person.id}`;
      return { shown, begin, revoke: (at) => byAdmin(at, { method: "DELETE", path }) };
    },
  },
  {
    name: "logged out",
    refusals: [401],
    make: async (callers, home) => {
      const { used, shown, begin } = await person(callers, home);
      const path = "/auth/logout";
      return {
        shown,
        begin,
        revoke: ({ url }) => send(url, { method: "POST", path, cookie: used.cookie }),
      };
    },
  },
  ...KINDS_BY_SOURCE,
];
