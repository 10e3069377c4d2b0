import type { Permission } from "@aic-sos/contract/permissions";
import {
  Activity,
  Bot,
  Cable,
  FileCode2,
  KeyRound,
  LayoutGrid,
  LogIn,
  type LucideIcon,
  ScrollText,
  Settings2,
  ShieldAlert,
  Users,
} from "lucide-react";

/** A page of the console, as navigation, palette and keyboard know it. */
export interface NavItem {
  readonly label: string;
  readonly to: NavPath;
  readonly icon: LucideIcon;
  /** Pressed after `g`. */
  readonly key: string;
  /** Without it the page is not offered. */
  readonly needs: Permission;
}

export type NavPath =
  | "/w/$workspaceId"
  | "/w/$workspaceId/runs"
  | "/w/$workspaceId/workflows"
  | "/w/$workspaceId/audit"
  | "/w/$workspaceId/security"
  | "/w/$workspaceId/provider-keys"
  | "/w/$workspaceId/connectors"
  | "/w/$workspaceId/agents"
  | "/w/$workspaceId/members"
  | "/w/$workspaceId/settings"
  | "/w/$workspaceId/sign-in";

export const NAV: readonly {
  readonly caption: string | null;
  readonly items: readonly NavItem[];
}[] = [
  {
    caption: null,
    items: [
      {
        label: "Overview",
        to: "/w/$workspaceId",
        icon: LayoutGrid,
        key: "o",
        needs: "workspace:read",
      },
      { label: "Runs", to: "/w/$workspaceId/runs", icon: Activity, key: "r", needs: "run:read" },
      {
        label: "Workflows",
        to: "/w/$workspaceId/workflows",
        icon: FileCode2,
        key: "w",
        needs: "workflow:read",
      },
    ],
  },
  {
    caption: "Govern",
    items: [
      {
        label: "Audit log",
        to: "/w/$workspaceId/audit",
        icon: ScrollText,
        key: "a",
        needs: "audit_event:read",
      },
      {
        label: "Security",
        to: "/w/$workspaceId/security",
        icon: ShieldAlert,
        key: "s",
        needs: "security_event:read",
      },
    ],
  },
  {
    caption: "Connect",
    items: [
      {
        label: "Provider keys",
        to: "/w/$workspaceId/provider-keys",
        icon: KeyRound,
        key: "k",
        needs: "provider_key:read",
      },
      {
        label: "Connectors",
        to: "/w/$workspaceId/connectors",
        icon: Cable,
        key: "c",
        needs: "connector:read",
      },
      {
        label: "Agents, keys",
        to: "/w/$workspaceId/agents",
        icon: Bot,
        key: "e",
        needs: "service:read",
      },
    ],
  },
  {
    caption: "Workspace",
    items: [
      {
        label: "Members",
        to: "/w/$workspaceId/members",
        icon: Users,
        key: "m",
        needs: "member:read",
      },
      {
        label: "Settings",
        to: "/w/$workspaceId/settings",
        icon: Settings2,
        key: "t",
        needs: "workspace:read",
      },
      {
        label: "Sign-in",
        to: "/w/$workspaceId/sign-in",
        icon: LogIn,
        key: "i",
        needs: "identity_provider:read",
      },
    ],
  },
];

/** The pages that the caller may see, in the order of the navigation. */
export function pagesFor(may: (permission: Permission) => boolean): readonly NavItem[] {
  return NAV.flatMap((group) => group.items).filter((item) => may(item.needs));
}
