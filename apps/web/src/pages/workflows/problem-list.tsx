import { UnstyledButton } from "@mantine/core";
import type { EditorProblem } from "../../editor/problem-ranges.ts";
import { withAllowed } from "../../lib/with-allowed.ts";
import classes from "./problem-list.module.css";

interface Props {
  readonly problems: readonly EditorProblem[];
  readonly onGoTo: (line: number, column: number) => void;
}

/** Every problem with its line; a click leads there. */
export function ProblemList({ problems, onGoTo }: Props) {
  if (problems.length === 0) return null;
  return (
    <ol className={classes.list} aria-label="Problems">
      {problems.map((problem) => (
        <li key={`${problem.line}:${problem.column}:${problem.path}:${problem.message}`}>
          <UnstyledButton
            className={classes.problem}
            onClick={() => onGoTo(problem.line, problem.column)}
          >
            <span className={classes.place}>
              {problem.line}:{problem.column}
            </span>
            <span className={classes.words}>{withAllowed(problem.message, problem.allowed)}</span>
            <span className={classes.path}>{problem.path}</span>
          </UnstyledButton>
        </li>
      ))}
    </ol>
  );
}
