import { Button } from "@mantine/core";
import { lazy, type ReactNode, Suspense, useRef, useState } from "react";
import { Skeleton } from "@mantine/core";
import type { YamlEditorHandle } from "../../editor/yaml-editor.tsx";
import { problemOf } from "../../api/problem-of.ts";
import { ProblemNotice } from "../../ui/problem-notice.tsx";
import { EditorStatus } from "./editor-status.tsx";
import { ProblemList } from "./problem-list.tsx";
import { problemsOf, useChecked } from "./use-checked.ts";
import { useDraftGuard } from "./use-draft-guard.ts";
import classes from "./workflow-editor.module.css";

const YamlEditor = lazy(() =>
  import("../../editor/yaml-editor.tsx").then((module) => ({ default: module.YamlEditor })),
);

interface Props {
  readonly initial: string;
  readonly label: string;
  /** Names the action: "Create workflow", "Save as v4". */
  readonly action: string;
  /** Whether saving what has not been changed makes sense. */
  readonly savesUnchanged: boolean;
  readonly pending: boolean;
  readonly saved: boolean;
  readonly error: unknown;
  readonly aside?: ReactNode;
  readonly onSave: (source: string) => void;
}

/** The definition, checked by the server while one types; problems stand at their line and in a list below. */
export function WorkflowEditor(props: Props) {
  const { initial, label, action, savesUnchanged, pending, saved, error, aside, onSave } = props;
  const [source, setSource] = useState(initial);
  const editor = useRef<YamlEditorHandle>(null);
  const checked = useChecked(source);
  const refused = problemsOf(problemOf(error));
  const problems = checked.isCurrent ? (checked.problems ?? refused) : refused;
  const changed = source !== initial;
  useDraftGuard(changed && !saved);
  const save = () => {
    if (!pending && (changed || savesUnchanged)) onSave(source);
  };
  return (
    <div className={classes.frame}>
      <div className={classes.bar}>
        <EditorStatus checked={checked} />
        <div className={classes.tools}>
          {aside}
          <Button onClick={save} loading={pending} disabled={!changed && !savesUnchanged}>
            {action}
          </Button>
        </div>
      </div>
      {error !== null && error !== undefined && (refused.length === 0 || problems.length === 0) && (
        <ProblemNotice error={error} during="change" />
      )}
      <div className={classes.editor}>
        <Suspense fallback={<Skeleton height="100%" radius="md" />}>
          <YamlEditor
            ref={editor}
            initial={initial}
            label={label}
            problems={problems}
            onChange={setSource}
            onSave={save}
          />
        </Suspense>
      </div>
      <ProblemList
        problems={problems}
        onGoTo={(line, column) => editor.current?.goTo(line, column)}
      />
    </div>
  );
}
