import { yaml } from "@codemirror/lang-yaml";
import { EditorState } from "@codemirror/state";
import { EditorView, lineNumbers } from "@codemirror/view";
import { useEffect, useRef } from "react";
import classes from "./yaml-editor.module.css";
import { yamlTheme } from "./yaml-theme.ts";

/** YAML to read: numbered, coloured, not to be changed. */
export function YamlView({ source, label }: { source: string; label: string }) {
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (host.current === null) return;
    const view = new EditorView({
      parent: host.current,
      doc: source,
      extensions: [
        lineNumbers(),
        yaml(),
        yamlTheme,
        EditorView.lineWrapping,
        EditorState.readOnly.of(true),
        EditorView.editable.of(false),
        EditorView.contentAttributes.of({ "aria-label": label, tabindex: "0" }),
      ],
    });
    return () => view.destroy();
  }, [source, label]);
  return <div ref={host} className={classes.view} />;
}
