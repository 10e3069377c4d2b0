/** C0 and C1 controls but tab and line ends. PostgreSQL cannot store U+0000 in text. */
// oxlint-disable-next-line no-control-regex -- naming the control characters is the point
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/;
const LONE_SURROGATE = /\p{Surrogate}/u;

/**
 * The first character that no text of ours may hold: a control character or half a surrogate pair
 * (RFC 8785 has no bytes for one).
 * @returns its index and name, or undefined when the text is fine
 */
export function unstorable(text: string): { index: number; name: string } | undefined {
  const control = text.search(CONTROL);
  const surrogate = text.search(LONE_SURROGATE);
  const index = control < 0 || (surrogate >= 0 && surrogate < control) ? surrogate : control;
  if (index < 0) return undefined;
  const code = text.charCodeAt(index).toString(16).toUpperCase().padStart(4, "0");
  return { index, name: `U+${code}` };
}
