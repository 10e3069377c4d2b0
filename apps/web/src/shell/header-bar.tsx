import { ActionIcon, Kbd, Tooltip, UnstyledButton, VisuallyHidden } from "@mantine/core";
import { Menu as MenuIcon, Search } from "lucide-react";
import { ColorSchemeToggle } from "./color-scheme-toggle.tsx";
import { CrumbBar } from "./crumb-bar.tsx";
import classes from "./header-bar.module.css";
import { UserMenu } from "./user-menu.tsx";

interface Props {
  readonly onOpenNav: () => void;
  readonly onOpenPalette: () => void;
}

/** Where one is, the palette, the theme, oneself. */
export function HeaderBar({ onOpenNav, onOpenPalette }: Props) {
  return (
    <header className={classes.bar}>
      <ActionIcon className={classes.burger} onClick={onOpenNav} aria-label="Open navigation">
        <MenuIcon size={18} aria-hidden />
      </ActionIcon>
      <CrumbBar />
      <div className={classes.tools}>
        <UnstyledButton className={classes.search} onClick={onOpenPalette}>
          <Search size={14} aria-hidden />
          <span className={classes.find}>Find or do</span>
          <VisuallyHidden>a page, a thing or an action</VisuallyHidden>
          <Kbd className={classes.kbd} aria-hidden>
            {shortcut()}
          </Kbd>
        </UnstyledButton>
        <Tooltip label="Light or dark">
          <ColorSchemeToggle />
        </Tooltip>
        <UserMenu />
      </div>
    </header>
  );
}

function shortcut(): string {
  return /Mac|iPhone|iPad/.test(navigator.userAgent) ? "⌘K" : "Ctrl K";
}
