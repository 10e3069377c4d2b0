import type { ApiCaller } from "./api-caller.ts";
import type { SeedProgress } from "./seed-progress.ts";

/** Somebody in a workspace, and what has been made there already. */
export interface SeedPlace {
  readonly caller: ApiCaller;
  readonly workspaceId: string;
  readonly progress: SeedProgress;
  /** Names the workspace in the progress: tenant and workspace. */
  readonly label: string;
}

/**
 * Makes one thing in the workspace, once.
 * @param name names the thing among those of its kind
 * @returns what `idOf` finds in the answer
 */
export function make(
  place: SeedPlace,
  thing: { readonly name: string; readonly path: string; readonly body: object },
  idOf: (answer: unknown) => string,
): Promise<string> {
  const step = `${place.label}/${thing.name}`;
  return place.progress.once(step, async () =>
    idOf(
      await place.caller.call("POST", thing.path, thing.body, {
        workspaceId: place.workspaceId,
        idempotencyKey: idempotencyKey(step),
      }),
    ),
  );
}

/** The key of a step: the same after an interruption. A key holds no spaces. */
export function idempotencyKey(step: string): string {
  return `demo:${step}`.replaceAll(" ", "-");
}
