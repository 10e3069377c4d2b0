import { Menu, UnstyledButton, VisuallyHidden } from "@mantine/core";
import { useLocation, useNavigate } from "@tanstack/react-router";
import { Check, ChevronsUpDown, Plus } from "lucide-react";
import { useState } from "react";
import { sameSectionIn } from "../lib/addresses.ts";
import { dataModeWords, regionLook } from "../lib/words.ts";
import { NewWorkspaceDialog } from "./new-workspace-dialog.tsx";
import classes from "./scope-card.module.css";
import { ScopeFacts } from "./scope-facts.tsx";
import { useWorkspace } from "./workspace-context.ts";

/** Where one is: tenant, workspace (and the switch to another), region, data mode. Always in sight. */
export function ScopeCard() {
  const { me, id, name, region, may } = useWorkspace();
  const navigate = useNavigate();
  const pathname = useLocation({ select: (location) => location.pathname });
  const [creating, setCreating] = useState(false);
  return (
    <div className={classes.card} data-tone={regionLook(region).tone}>
      <Menu width="target" position="bottom-start">
        <Menu.Target>
          <UnstyledButton className={classes.switch}>
            <span className={classes.names}>
              <span className={classes.tenant}>{me.tenant.name}</span>
              <span className={classes.workspace}>{name}</span>
            </span>
            <VisuallyHidden>switch workspace</VisuallyHidden>
            <ChevronsUpDown size={14} aria-hidden className={classes.arrows} />
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>Workspaces of {me.tenant.name}</Menu.Label>
          {me.workspaces.map((workspace) => (
            <Menu.Item
              key={workspace.id}
              onClick={() => navigate({ href: sameSectionIn(workspace.id, pathname) })}
              rightSection={workspace.id === id ? <Check size={14} aria-label="open" /> : null}
            >
              {workspace.name}
              <span
                className={classes.mode}
                data-full={workspace.dataPersistenceMode === "full" || undefined}
              >
                {dataModeWords(workspace.dataPersistenceMode)}
              </span>
            </Menu.Item>
          ))}
          {may("workspace:create") && (
            <>
              <Menu.Divider />
              <Menu.Item
                leftSection={<Plus size={14} aria-hidden />}
                onClick={() => setCreating(true)}
              >
                New workspace
              </Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      <ScopeFacts />
      <NewWorkspaceDialog opened={creating} onClose={() => setCreating(false)} />
    </div>
  );
}
