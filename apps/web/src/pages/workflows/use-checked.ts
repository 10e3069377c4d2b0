import type { Problem } from "@aic-sos/contract/problem";
import { keepPreviousData } from "@tanstack/react-query";
import { useDebouncedValue } from "@mantine/hooks";
import { trpc } from "../../api/trpc.ts";
import type { EditorProblem } from "../../editor/problem-ranges.ts";
import { useWorkspace } from "../../shell/workspace-context.ts";

const PAUSE = 350;

/** What the server says of a definition. */
export interface Checked {
  /** Whether it is about the text as it is now. */
  readonly isCurrent: boolean;
  readonly isFailing: boolean;
  readonly problems: readonly EditorProblem[] | undefined;
  readonly digest: string | null;
}

/** Asks the server, once typing pauses: the same rules that saving follows, in one place. */
export function useChecked(source: string): Checked {
  const { id: workspaceId } = useWorkspace();
  const [settled] = useDebouncedValue(source, PAUSE);
  const { data, error, isPlaceholderData } = trpc.workflow.check.useQuery(
    { workspaceId, source: settled },
    { placeholderData: keepPreviousData, staleTime: Number.POSITIVE_INFINITY, gcTime: 0 },
  );
  return {
    isCurrent: settled === source && !isPlaceholderData && data !== undefined,
    isFailing: error !== null,
    problems: data?.problems,
    digest: data?.digest ?? null,
  };
}

/** The problems at lines that a refusal named. */
export function problemsOf(problem: Problem | undefined): readonly EditorProblem[] {
  return (problem?.errors ?? []).flatMap(({ line, column, field, message, allowed }) =>
    line === undefined ? [] : [{ line, column: column ?? 1, path: field, message, allowed }],
  );
}
