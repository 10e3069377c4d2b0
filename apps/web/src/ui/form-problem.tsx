import { problemOf } from "../api/problem-of.ts";
import { formErrors } from "../lib/form-errors.ts";
import { ProblemNotice } from "./problem-notice.tsx";

interface Props {
  /** What the last attempt to send the form failed with, if it did. */
  readonly error: unknown;
  /** The form's own fields: what is wrong with those stands there. */
  readonly fields: readonly string[];
}

/** Why a form was refused, with whatever no field of it can show. */
export function FormProblem({ error, fields }: Props) {
  if (!error) return null;
  return (
    <ProblemNotice error={error} during="change" more={formErrors(problemOf(error), fields).rest} />
  );
}
