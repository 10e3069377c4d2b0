import { Button } from "@mantine/core";
import { CircleAlert, RotateCw } from "lucide-react";
import type { ReactNode } from "react";
import { type Failure, failureOf, problemOf } from "../api/problem-of.ts";
import { mayHelpToRetry } from "../lib/may-help-to-retry.ts";
import { problemWords } from "../lib/problem-words.ts";
import classes from "./problem-notice.module.css";
import { ShortId } from "./short-id.tsx";
import { WhyButton } from "./why-button.tsx";

interface Props {
  readonly error: unknown;
  /** A read changes nothing, so it does not say so. */
  readonly during: "read" | "change";
  /** Sentences of the problem that no field of the form shows. */
  readonly more?: readonly string[];
  /** Offered where another try may help. */
  readonly onRetry?: () => void;
}

/** What happened, what was not changed, what to do, and the decision's id for whoever asks why. */
export function ProblemNotice({ error, during, more = [], onRetry }: Props) {
  const failure = failureOf(error);
  const { title, detail } = wordsOf(failure);
  return (
    <div role="alert" className={classes.notice}>
      <CircleAlert size={16} aria-hidden className={classes.icon} />
      <div className={classes.words}>
        <strong>{title}</strong>
        <div>{detail}</div>
        {more.length > 0 && (
          <ul className={classes.more}>
            {more.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        )}
        {during === "change" && <div className={classes.after}>{consequence(failure)}</div>}
        <Evidence failure={failure} />
      </div>
      {onRetry && mayHelpToRetry(problemOf(error)) && (
        <Button
          variant="default"
          onClick={onRetry}
          leftSection={<RotateCw size={14} aria-hidden />}
        >
          Try again
        </Button>
      )}
    </div>
  );
}

function wordsOf(failure: Failure): { title: string; detail: ReactNode } {
  if (failure.kind === "unreachable") {
    return {
      title: "No answer from the server",
      detail: `The connection failed or was cut: ${failure.message}`,
    };
  }
  return { title: failure.problem.title, detail: problemWords(failure.problem) };
}

function consequence(failure: Failure): string {
  if (
    failure.kind === "problem" &&
    (failure.problem.status < 500 || failure.problem.code === "audit_unavailable")
  ) {
    return failure.problem.code === "answer_not_kept"
      ? "It was done the first time; it was not done again."
      : "Nothing was changed.";
  }
  return "Whether it was done is not known. Send it again: the same request is never done twice.";
}

function Evidence({ failure }: { failure: Failure }) {
  if (failure.kind === "unreachable") return null;
  const { decisionId, requestId } = failure.problem;
  if (decisionId === undefined && requestId === undefined) return null;
  return (
    <div className={classes.evidence}>
      {decisionId !== undefined && (
        <span>
          Decision <ShortId id={decisionId} of="decision" />
          <WhyButton decisionId={decisionId} />
        </span>
      )}
      {requestId !== undefined && (
        <span>
          Request <ShortId id={requestId} of="request" />
        </span>
      )}
    </div>
  );
}
