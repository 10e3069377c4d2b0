import { makeAuthority, makeClientCertificate } from "@aic-sos/testkit/make-certificate";
import { freshId } from "../stage/callers.ts";
import { TRUST_DOMAIN } from "../stage/stage.ts";
import { letAppIn } from "./app-tokens.ts";
import { type Reply, send } from "./client.ts";
import { type At, byAdmin, type Kind, WRONG_KEY } from "./revocation-kind.ts";

/** Rights that end with what they come from. */
export const KINDS_BY_SOURCE: readonly Kind[] = [
  {
    name: "group rule removed",
    refusals: [403, 404],
    make: async (callers, { tenant, workspace }) => {
      const holder = await callers.logIn(tenant);
      const [session] = holder.sessions;
      if (!session) throw new Error("nobody is logged in");
      const group = `group-${holder.person.id}`;
      await callers.join(holder.person, group);
      let ruleId = "";
      return {
        shown: { cookie: session.cookie },
        begin: async (at) => {
          const body = { group, role: "Operator", roleWorkspaceId: workspace.id };
          const made = await byAdmin(at, { method: "POST", path: "/api/group-rules", body });
          ruleId = made.status === 201 ? (made.body as RuleMade).groupRule.id : "";
        },
        revoke: (at) => byAdmin(at, { method: "DELETE", path: `/api/group-rules/${ruleId}` }),
      };
    },
  },
  {
    name: "CA removed",
    refusals: WRONG_KEY,
    make: async (callers, { tenant, workspace }) => {
      const { person } = await callers.make(tenant, "Operator", workspace);
      const name = `bot-${freshId()}`;
      await callers.nameService(person, name);
      const authority = makeAuthority();
      const uri = `spiffe://${TRUST_DOMAIN}/${tenant.region}/${tenant.id}/${name}`;
      const { der } = makeClientCertificate(authority, uri);
      let authorityId = "";
      return {
        shown: { certificate: `:${der.toString("base64")}:` },
        begin: async (at) => {
          authorityId = await register(at, name, authority.pem);
        },
        revoke: (at): Promise<Reply> =>
          byAdmin(at, { method: "DELETE", path: `/api/client-authorities/${authorityId}` }),
      };
    },
  },
  {
    name: "app signed out",
    refusals: [401],
    make: async (callers, { tenant, workspace }) => {
      const { sessions } = await callers.logIn(tenant, "Operator", workspace);
      const [session] = sessions;
      if (!session) throw new Error("nobody is logged in");
      const shown = { authorization: "" };
      let familyId = "";
      return {
        shown,
        begin: async ({ url }) => {
          const app = await letAppIn(url, session.cookie);
          shown.authorization = `Bearer ${app.accessToken}`;
          familyId = app.familyId;
        },
        revoke: ({ url }) => {
          const path = `/api/app-sessions/${familyId}`;
          return send(url, { method: "DELETE", path, cookie: session.cookie });
        },
      };
    },
  },
];

interface RuleMade {
  readonly groupRule: { readonly id: string };
}

/** A tenant has few CAs at a time, so each comes when it is needed. */
async function register(at: At, name: string, certificatePem: string): Promise<string> {
  const body = { name, certificatePem };
  const made = await byAdmin(at, { method: "POST", path: "/api/client-authorities", body });
  return made.status === 201 ? (made.body as { id: string }).id : "";
}
