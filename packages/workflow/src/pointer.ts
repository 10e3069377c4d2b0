/** JSON pointer (RFC 6901) of a member. */
export function child(pointer: string, segment: string | number): string {
  return `${pointer}/${String(segment).replaceAll("~", "~0").replaceAll("/", "~1")}`;
}

/** The segments of a JSON pointer, unescaped. */
export function segmentsOf(pointer: string): string[] {
  if (pointer === "") return [];
  return pointer
    .slice(1)
    .split("/")
    .map((segment) => segment.replaceAll("~1", "/").replaceAll("~0", "~"));
}

const PLAIN_NAME = /^[A-Za-z_$][\w$-]*$/;

/** A JSON pointer as people read it: `spec.steps[2].needs[0]`, `metadata.labels["a.b"]`. */
export function pathOf(pointer: string): string {
  let path = "";
  for (const segment of segmentsOf(pointer)) {
    if (/^\d+$/.test(segment)) path += `[${segment}]`;
    else if (PLAIN_NAME.test(segment)) path += path === "" ? segment : `.${segment}`;
    else path += `[${JSON.stringify(segment)}]`;
  }
  return path;
}
