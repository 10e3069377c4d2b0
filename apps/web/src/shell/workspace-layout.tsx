import type { Me } from "@aic-sos/contract/members";
import { getRouteApi } from "@tanstack/react-router";
import { useEffect, useMemo } from "react";
import { trpc } from "../api/trpc.ts";
import { rememberWorkspace } from "../lib/last-workspace.ts";
import { may as mayDo, mayEverywhere, rolesIn } from "../lib/may.ts";
import { ProblemNotice } from "../ui/problem-notice.tsx";
import { Bare } from "./bare.tsx";
import { NoSuchWorkspace } from "./no-such-workspace.tsx";
import { Shell } from "./shell.tsx";
import { ShellSkeleton } from "./shell-skeleton.tsx";
import { type OpenWorkspace, WorkspaceContext } from "./workspace-context.ts";

const route = getRouteApi("/w/$workspaceId");

/** Learns who one is, finds the workspace of the address, and hands both to the pages. */
export function WorkspaceLayout() {
  const { workspaceId } = route.useParams();
  const me = trpc.me.read.useQuery({});
  const workspace = useMemo(
    () => (me.data ? openWorkspace(me.data, workspaceId) : null),
    [me.data, workspaceId],
  );
  const openId = workspace?.id;
  useEffect(() => {
    if (openId !== undefined) rememberWorkspace(openId);
  }, [openId]);
  if (me.data && workspace === null)
    return <NoSuchWorkspace me={me.data} workspaceId={workspaceId} />;
  if (workspace) {
    return (
      <WorkspaceContext value={workspace}>
        <Shell />
      </WorkspaceContext>
    );
  }
  if (me.error) {
    return (
      <Bare title="This console could not be opened">
        <ProblemNotice error={me.error} during="read" onRetry={() => me.refetch()} />
      </Bare>
    );
  }
  return <ShellSkeleton />;
}

function openWorkspace(me: Me, id: string): OpenWorkspace | null {
  const found = me.workspaces.find((workspace) => workspace.id === id);
  if (!found) return null;
  return {
    me,
    id,
    name: found.name,
    region: found.region,
    dataMode: found.dataPersistenceMode,
    roles: rolesIn(me, id),
    may: (permission) => mayDo(me, permission, id),
    mayEverywhere: (permission) => mayEverywhere(me, permission),
  };
}
