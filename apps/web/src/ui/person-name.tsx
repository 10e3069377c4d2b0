import { useWorkspace } from "../shell/workspace-context.ts";
import { ShortId } from "./short-id.tsx";
import { useNames } from "./use-names.ts";

/** A person by name where the caller may see it, else by id. */
export function PersonName({ id }: { id: string }) {
  const { me } = useWorkspace();
  const name = useNames().person(id);
  if (name === undefined) return <ShortId id={id} of="person" />;
  return (
    <span>
      {name}
      {id === me.principal.id && <span className="faint"> (you)</span>}
    </span>
  );
}
