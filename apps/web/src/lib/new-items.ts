/**
 * How many of `polled` are newer than everything shown. Both newest first; ids sort by time (UUIDv8), so one whose id
 * is above the first shown is new, and one that merely moved is not.
 */
export function countNew(
  shown: readonly { id: string }[],
  polled: readonly { id: string }[],
): number {
  const newest = shown[0]?.id;
  if (newest === undefined) return polled.length;
  return polled.filter((item) => item.id > newest).length;
}
