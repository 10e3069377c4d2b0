import { Menu, UnstyledButton, VisuallyHidden } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { Keyboard, LogOut, MonitorSmartphone } from "lucide-react";
import { signOut } from "../api/sign-out.ts";
import { eitherOf, ROLE_WORDS } from "../lib/words.ts";
import { Avatar } from "../ui/avatar.tsx";
import { openShortcuts } from "./shortcuts-dialog.tsx";
import classes from "./user-menu.module.css";
import { useWorkspace } from "./workspace-context.ts";

/** Who one is, with which roles here, and the way out. */
export function UserMenu() {
  const { id: workspaceId, me, roles, name } = useWorkspace();
  const { displayName, email } = me.principal;
  return (
    <Menu position="bottom-end" width={264}>
      <Menu.Target>
        <UnstyledButton className={classes.button}>
          <Avatar name={displayName} size={26} />
          <span className={classes.wide} aria-hidden>
            {displayName}
          </span>
          <VisuallyHidden>You are {displayName}: menu</VisuallyHidden>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <div className={classes.who}>
          <div className={classes.name} data-testid="user-name">
            {displayName}
          </div>
          {email !== null && <div className="dim clip">{email}</div>}
          <div className={classes.roles}>
            {eitherRoles(roles.map((role) => ROLE_WORDS[role]))} in {name}
          </div>
        </div>
        <Menu.Divider />
        <Menu.Item
          renderRoot={(props) => (
            <Link {...props} to="/w/$workspaceId/sessions" params={{ workspaceId }} />
          )}
          leftSection={<MonitorSmartphone size={14} aria-hidden />}
        >
          Your sessions
        </Menu.Item>
        <Menu.Item
          leftSection={<Keyboard size={14} aria-hidden />}
          rightSection="?"
          onClick={openShortcuts}
        >
          Keyboard shortcuts
        </Menu.Item>
        <Menu.Item leftSection={<LogOut size={14} aria-hidden />} onClick={signOut}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function eitherRoles(words: readonly string[]): string {
  return words.length === 0 ? "No role" : eitherOf(words).replace(" or ", " and ");
}
