import { invalidField } from "../../app-error.ts";

interface Node {
  readonly value: object;
  /** Its name in the one that holds it. */
  readonly name: string;
  readonly holder: Node | undefined;
}

/**
 * Refuses an input in which any object has a member `__proto__`. JSON may name one so; the schemas would leave it out in
 * silence, and what was sent would not be what is done. A loop: the input may be nested deeper than the stack.
 * @throws AppError `invalid_input` that names the member
 */
export function refuseProto(input: unknown): void {
  const open: Node[] = isObject(input) ? [{ value: input, name: "", holder: undefined }] : [];
  for (let holder = open.pop(); holder !== undefined; holder = open.pop()) {
    if (Object.hasOwn(holder.value, "__proto__")) {
      throw invalidField(
        [...namesTo(holder), "__proto__"].join("."),
        "is a name that no member may have",
      );
    }
    const { value: members } = holder;
    if (Array.isArray(members)) {
      // By index: a list of a million numbers must cost next to nothing.
      for (let at = 0; at < members.length; at += 1) {
        const value: unknown = members[at];
        if (isObject(value)) open.push({ value, name: String(at), holder });
      }
      continue;
    }
    for (const [name, value] of Object.entries(members)) {
      if (isObject(value)) open.push({ value, name, holder });
    }
  }
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function namesTo(node: Node): string[] {
  const names: string[] = [];
  for (let at = node; at.holder !== undefined; at = at.holder) names.push(at.name);
  return names.toReversed();
}
