import type { Me } from "@aic-sos/contract/members";
import type { Permission } from "@aic-sos/contract/permissions";
import type { Role } from "@aic-sos/contract/roles";
import { createContext, useContext } from "react";

/** Where one is and what one may do here. */
export interface OpenWorkspace {
  readonly me: Me;
  readonly id: string;
  readonly name: string;
  readonly region: string;
  readonly dataMode: string;
  readonly roles: readonly Role[];
  /** Whether to offer what needs this permission. The server decides all the same. */
  readonly may: (permission: Permission) => boolean;
  /** The same for the whole tenant at once. */
  readonly mayEverywhere: (permission: Permission) => boolean;
}

export const WorkspaceContext = createContext<OpenWorkspace | null>(null);

/** The open workspace. Only pages below `/w/$workspaceId` can ask. */
export function useWorkspace(): OpenWorkspace {
  const workspace = useContext(WorkspaceContext);
  if (workspace === null) throw new Error("this page is not inside a workspace");
  return workspace;
}
