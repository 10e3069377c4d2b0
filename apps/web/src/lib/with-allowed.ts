/**
 * A problem's sentence with what would have been right, unless the sentence says so itself.
 * @param allowed the values that are allowed there, when that is a list
 */
export function withAllowed(message: string, allowed: readonly string[] | undefined): string {
  const missing = allowed?.some((value) => !message.includes(value)) ?? false;
  if (!missing) return message;
  const end = /[.!?]$/.test(message) ? "" : ".";
  return `${message}${end} Allowed: ${allowed?.join(", ")}`;
}
