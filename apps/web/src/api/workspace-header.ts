import { workspaceInPath } from "../lib/addresses.ts";

/**
 * The value of `X-Workspace-Id` for one request: the workspace that its inputs name, else the one in the address.
 * A batch whose inputs name different ones (a page is being left for another workspace) carries no header, since
 * header and input have to agree.
 */
export function workspaceHeader(inputs: readonly unknown[], pathname: string): string | undefined {
  const named = new Set(inputs.map(workspaceOf).filter((id) => id !== undefined));
  if (named.size > 1) return undefined;
  return [...named][0] ?? workspaceInPath(pathname);
}

function workspaceOf(input: unknown): string | undefined {
  if (typeof input !== "object" || input === null || !("workspaceId" in input)) return undefined;
  return typeof input.workspaceId === "string" ? input.workspaceId : undefined;
}
