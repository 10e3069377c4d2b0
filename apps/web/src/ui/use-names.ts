import { trpc } from "../api/trpc.ts";
import { useWorkspace } from "../shell/workspace-context.ts";

const MANY = 100;
const FRESH_FOR = 60_000;

/** Names for ids, as far as the caller may see them. One request each a minute, for the whole page. */
export interface Names {
  readonly person: (id: string) => string | undefined;
  readonly thing: (type: string, id: string) => string | undefined;
}

export function useNames(): Names {
  const { id: workspaceId, me, may } = useWorkspace();
  const input = { workspaceId, limit: MANY };
  const options = (enabled: boolean) => ({ enabled, staleTime: FRESH_FOR });
  const members = trpc.member.list.useQuery(input, options(may("member:read")));
  const workflows = trpc.workflow.list.useQuery(input, options(may("workflow:read")));
  const keys = trpc.providerKey.list.useQuery(input, options(may("provider_key:read")));
  const connectors = trpc.connector.list.useQuery(input, options(may("connector:read")));
  const people = new Map(members.data?.items.map((member) => [member.id, member.displayName]));
  const things: Readonly<Record<string, ReadonlyMap<string, string>>> = {
    workflow: namesById(workflows.data?.items),
    workflow_version: new Map(
      workflows.data?.items.map(({ name, latest }) => [latest.id, `${name} v${latest.version}`]),
    ),
    provider_key: namesById(keys.data?.items),
    connector: namesById(connectors.data?.items),
    workspace: namesById(me.workspaces),
    user: people,
    service: people,
  };
  return {
    person: (id) => (id === me.principal.id ? me.principal.displayName : people.get(id)),
    thing: (type, id) => things[type]?.get(id),
  };
}

function namesById(
  items: readonly { id: string; name: string }[] | undefined,
): ReadonlyMap<string, string> {
  return new Map(items?.map((item) => [item.id, item.name]));
}
