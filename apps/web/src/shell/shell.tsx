import { useDisclosure } from "@mantine/hooks";
import { Outlet, useLocation, useNavigate } from "@tanstack/react-router";
import { useCallback, useEffect } from "react";
import { CommandPalette, openPalette } from "./command-palette.tsx";
import { useGoKeys } from "./go-keys.ts";
import { HeaderBar } from "./header-bar.tsx";
import { pagesFor } from "./nav-items.ts";
import { ScopeCard } from "./scope-card.tsx";
import { ScopeFacts } from "./scope-facts.tsx";
import classes from "./shell.module.css";
import { openShortcuts, ShortcutsDialog } from "./shortcuts-dialog.tsx";
import { SideNav } from "./side-nav.tsx";
import { useWorkspace } from "./workspace-context.ts";
import { SideDrawer } from "../ui/side-drawer.tsx";

/** The frame around every page of a workspace. */
export function Shell() {
  const { id, me, name, may } = useWorkspace();
  const [navOpened, nav] = useDisclosure(false);
  const navigate = useNavigate();
  const pathname = useLocation({ select: (location) => location.pathname });
  const closeNav = nav.close;
  useEffect(closeNav, [pathname, closeNav]);
  const onGo = useCallback(
    (key: string) => {
      const page = pagesFor(may).find((item) => item.key === key);
      if (page) void navigate({ to: page.to, params: { workspaceId: id } });
    },
    [id, may, navigate],
  );
  useGoKeys({ onGo, onHelp: openShortcuts });
  return (
    <div className={classes.shell}>
      <a href="#page" className={classes.skip}>
        Skip to the page
      </a>
      <aside className={classes.side}>
        <ScopeCard />
        <SideNav />
      </aside>
      <div className={classes.main}>
        <HeaderBar onOpenNav={nav.open} onOpenPalette={openPalette} />
        <div className={classes.strip}>
          <span className="clip">
            <b>{me.tenant.name}</b> / {name}
          </span>
          <ScopeFacts />
        </div>
        <main id="page" className={classes.page} tabIndex={-1}>
          <Outlet />
        </main>
      </div>
      <SideDrawer
        opened={navOpened}
        onClose={nav.close}
        position="left"
        size={280}
        padding={0}
        withCloseButton={false}
      >
        <ScopeCard />
        <SideNav />
      </SideDrawer>
      <ShortcutsDialog />
      <CommandPalette />
    </div>
  );
}
