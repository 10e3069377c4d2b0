import type { Rule, Violation } from "./rule.ts";

const LIMIT = 350;

/** Files that were too long when they were listed, with their length then. The list and its numbers only shrink. */
export const LONG_FILES: Readonly<Record<string, number>> = {};

/** A file that long usually holds two things. */
export function fileSize(longFiles: Readonly<Record<string, number>>): Rule {
  return {
    id: "file-size",
    because: `A file of more than ${LIMIT} lines usually holds two things: give each its own file, named after it. The list of exceptions only shrinks.`,
    check: ({ files }) => [
      ...files
        .filter(({ path, lines }) => lines > (longFiles[path] ?? LIMIT))
        .map(({ path, lines }): Violation => ({ path, line: lines, what: `has ${lines} lines` })),
      ...Object.keys(longFiles)
        .filter((path) => (files.find((file) => file.path === path)?.lines ?? 0) <= LIMIT)
        .map((path): Violation => ({ path, line: 1, what: "is an exception no more: unlist it" })),
    ],
  };
}
