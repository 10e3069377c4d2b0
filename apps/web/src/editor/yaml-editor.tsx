import { indentWithTab } from "@codemirror/commands";
import { yaml } from "@codemirror/lang-yaml";
import { lintGutter, setDiagnostics } from "@codemirror/lint";
import { EditorView, keymap } from "@codemirror/view";
import { basicSetup } from "codemirror";
import { type Ref, useEffect, useEffectEvent, useImperativeHandle, useRef } from "react";
import { diagnosticsOf, type EditorProblem, offsetOf } from "./problem-ranges.ts";
import classes from "./yaml-editor.module.css";
import { yamlTheme } from "./yaml-theme.ts";

export interface YamlEditorHandle {
  /** Puts the cursor there and shows it. Line and column begin at 1. */
  goTo(line: number, column: number): void;
}

interface Props {
  readonly initial: string;
  readonly label: string;
  readonly problems: readonly EditorProblem[];
  readonly onChange: (source: string) => void;
  readonly onSave: () => void;
  readonly ref?: Ref<YamlEditorHandle>;
}

/** A YAML editor whose problems are underlined where they are. */
export function YamlEditor({ initial, label, problems, onChange, onSave, ref }: Props) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const changed = useEffectEvent(onChange);
  const save = useEffectEvent(onSave);

  useEffect(() => {
    if (host.current === null) return;
    const made = new EditorView({
      parent: host.current,
      doc: initial,
      extensions: [
        basicSetup,
        keymap.of([
          indentWithTab,
          {
            key: "Mod-s",
            run: () => {
              save();
              return true;
            },
          },
        ]),
        yaml(),
        lintGutter(),
        yamlTheme,
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ "aria-label": label, tabindex: "0" }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) changed(update.state.doc.toString());
        }),
      ],
    });
    view.current = made;
    return () => {
      made.destroy();
      view.current = null;
    };
  }, [initial, label]);

  useEffect(() => {
    const { current } = view;
    if (current)
      current.dispatch(setDiagnostics(current.state, diagnosticsOf(current.state.doc, problems)));
  }, [problems]);

  useImperativeHandle(ref, () => ({
    goTo(line, column) {
      const { current } = view;
      if (!current) return;
      const at = offsetOf(current.state.doc, line, column);
      current.dispatch({
        selection: { anchor: at },
        effects: EditorView.scrollIntoView(at, { y: "center" }),
      });
      current.focus();
    },
  }));

  return (
    <div className={classes.editor}>
      <div ref={host} />
    </div>
  );
}
