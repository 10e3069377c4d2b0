import { Kbd } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { NAV, type NavItem } from "./nav-items.ts";
import classes from "./side-nav.module.css";
import { useWorkspace } from "./workspace-context.ts";

/** The pages that exist and that one may see. */
export function SideNav() {
  const { may } = useWorkspace();
  return (
    <nav aria-label="Pages" className={classes.nav}>
      {NAV.map((group) => {
        const items = group.items.filter((item) => may(item.needs));
        if (items.length === 0) return null;
        return (
          <div key={group.caption ?? ""} className={classes.group}>
            {group.caption !== null && <div className={classes.caption}>{group.caption}</div>}
            {items.map((item) => (
              <SideNavLink key={item.to} item={item} />
            ))}
          </div>
        );
      })}
    </nav>
  );
}

function SideNavLink({ item }: { item: NavItem }) {
  const { id } = useWorkspace();
  const Icon = item.icon;
  return (
    <Link
      to={item.to}
      params={{ workspaceId: id }}
      activeOptions={{ exact: item.to === "/w/$workspaceId", includeSearch: false }}
      className={classes.link}
      aria-label={item.label}
    >
      <Icon size={16} aria-hidden />
      <span>{item.label}</span>
      <Kbd className={classes.hint} aria-hidden>
        g {item.key}
      </Kbd>
    </Link>
  );
}
