import { useMantineColorScheme } from "@mantine/core";
import { useMemo } from "react";
import { signOut } from "../api/sign-out.ts";
import { trpc } from "../api/trpc.ts";
import { RUN_STATE_WORDS, shortId } from "../lib/words.ts";
import { pagesFor } from "./nav-items.ts";
import type { PaletteEntry } from "./palette-entries.ts";
import { openShortcuts } from "./shortcuts-dialog.tsx";
import { type OpenWorkspace, useWorkspace } from "./workspace-context.ts";

const FRESH_FOR = 60_000;

/** Everything the palette can find. Lists are asked for once it is open. */
export function usePaletteEntries(opened: boolean): readonly PaletteEntry[] {
  const workspace = useWorkspace();
  const { id: workspaceId, may } = workspace;
  const { toggleColorScheme } = useMantineColorScheme();
  const when = (allowed: boolean) => ({ enabled: opened && allowed, staleTime: FRESH_FOR });
  const input = { workspaceId, limit: 100 };
  const workflows = trpc.workflow.list.useQuery(input, when(may("workflow:read"))).data;
  const members = trpc.member.list.useQuery(input, when(may("member:read"))).data;
  const runs = trpc.run.list.useQuery({ workspaceId, limit: 50 }, when(may("run:read"))).data;
  return useMemo(() => {
    const base = `/w/${workspaceId}`;
    return [
      ...pageEntries(workspace),
      ...actionEntries(workspace, toggleColorScheme),
      ...(workflows?.items ?? []).map(
        (workflow): PaletteEntry => ({
          id: workflow.id,
          group: "Workflows",
          label: workflow.name,
          hint: `v${workflow.latest.version} ${workflow.description}`,
          href: `${base}/workflows/${workflow.id}`,
        }),
      ),
      ...(runs?.items ?? []).map(
        (run): PaletteEntry => ({
          id: run.id,
          group: "Runs",
          label: `${run.workflowName} ${shortId(run.id)}`,
          hint: `${RUN_STATE_WORDS[run.state]}, run of v${run.workflowVersion}`,
          href: `${base}/runs/${run.id}`,
        }),
      ),
      ...(members?.items ?? []).map(
        (member): PaletteEntry => ({
          id: member.id,
          group: "People",
          label: member.displayName,
          hint: member.email ?? member.kind,
          href: `${base}/members?member=${member.id}`,
        }),
      ),
    ];
  }, [workspace, workspaceId, workflows, runs, members, toggleColorScheme]);
}

function pageEntries({ id, may, me }: OpenWorkspace): PaletteEntry[] {
  return [
    ...pagesFor(may).map(
      (page): PaletteEntry => ({
        id: page.to,
        group: "Go to",
        label: page.label,
        hint: `g ${page.key}`,
        href: page.to.replace("$workspaceId", id),
      }),
    ),
    ...me.workspaces
      .filter((workspace) => workspace.id !== id)
      .map(
        (workspace): PaletteEntry => ({
          id: workspace.id,
          group: "Workspaces",
          label: workspace.name,
          hint: `Workspace in ${workspace.region}`,
          href: `/w/${workspace.id}`,
        }),
      ),
  ];
}

function actionEntries({ id, may }: OpenWorkspace, toggleColorScheme: () => void): PaletteEntry[] {
  const base = `/w/${id}`;
  const entries: readonly (PaletteEntry & { readonly offered: boolean })[] = [
    {
      id: "new-workflow",
      group: "Do",
      label: "New workflow",
      href: `${base}/workflows/new`,
      offered: may("workflow:create"),
    },
    {
      id: "add-key",
      group: "Do",
      label: "Add provider key",
      href: `${base}/provider-keys?dialog=add`,
      offered: may("provider_key:create"),
    },
    {
      id: "install",
      group: "Do",
      label: "Install connector",
      href: `${base}/connectors?dialog=install`,
      offered: may("connector:install"),
    },
    {
      id: "create-service",
      group: "Do",
      label: "Create service",
      href: `${base}/agents?dialog=create`,
      offered: may("service:create"),
    },
    {
      id: "sessions",
      group: "Go to",
      label: "Your sessions",
      href: `${base}/sessions`,
      offered: true,
    },
    {
      id: "invite",
      group: "Do",
      label: "Invite person",
      href: `${base}/members?dialog=invite`,
      offered: may("member:invite"),
    },
    {
      id: "theme",
      group: "Do",
      label: "Switch light and dark",
      run: toggleColorScheme,
      offered: true,
    },
    {
      id: "keys",
      group: "Do",
      label: "Keyboard shortcuts",
      hint: "?",
      run: openShortcuts,
      offered: true,
    },
    { id: "sign-out", group: "Do", label: "Sign out", run: () => void signOut(), offered: true },
  ];
  return entries.filter((entry) => entry.offered);
}
