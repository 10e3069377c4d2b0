import { Navigate } from "@tanstack/react-router";
import { trpc } from "../api/trpc.ts";
import { lastWorkspace } from "../lib/last-workspace.ts";
import { Bare } from "../shell/bare.tsx";
import { NoSuchWorkspace } from "../shell/no-such-workspace.tsx";
import { ShellSkeleton } from "../shell/shell-skeleton.tsx";
import { ProblemNotice } from "../ui/problem-notice.tsx";

/** The start: the workspace one was in last, else the one that was made first (ids begin with their time). */
export function Home() {
  const me = trpc.me.read.useQuery({});
  if (me.error) {
    return (
      <Bare title="This console could not be opened">
        <ProblemNotice error={me.error} during="read" onRetry={() => me.refetch()} />
      </Bare>
    );
  }
  if (!me.data) return <ShellSkeleton />;
  if (me.data.principal.kind === "platform") return <Navigate to="/tenants" replace />;
  const { workspaces } = me.data;
  const last = lastWorkspace();
  const oldest = workspaces.toSorted((one, other) => (one.id < other.id ? -1 : 1))[0];
  const open = workspaces.find((workspace) => workspace.id === last) ?? oldest;
  if (!open) return <NoSuchWorkspace me={me.data} workspaceId={null} />;
  return <Navigate to="/w/$workspaceId" params={{ workspaceId: open.id }} replace />;
}
