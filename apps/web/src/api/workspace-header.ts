/** The part of a tRPC operation that says where it acts. */
interface Placed {
  readonly input: unknown;
  readonly context: Readonly<Record<string, unknown>>;
}

/** Handed to a hook as `trpc: EVERYWHERE`: it acts in the whole tenant and not in one workspace. */
export const EVERYWHERE = { context: { everywhere: true } } as const;

/** True for an operation about the whole tenant. Such a one travels alone, since the header is one for a batch. */
export function isEverywhere({ context }: Pick<Placed, "context">): boolean {
  return context["everywhere"] === true;
}

/**
 * The value of `X-Workspace-Id` for one request: the workspace that its inputs name, `*` for the whole tenant. A batch
 * about two workspaces (a page is being left for another one) carries none, since header and input have to agree.
 */
export function workspaceHeader(operations: readonly Placed[]): string | undefined {
  if (operations.some(isEverywhere)) return "*";
  const named = new Set(
    operations.map(({ input }) => workspaceOf(input)).filter((id) => id !== undefined),
  );
  return named.size === 1 ? [...named][0] : undefined;
}

function workspaceOf(input: unknown): string | undefined {
  if (typeof input !== "object" || input === null || !("workspaceId" in input)) return undefined;
  return typeof input.workspaceId === "string" ? input.workspaceId : undefined;
}
