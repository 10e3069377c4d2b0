import { Button, CopyButton, TextInput } from "@mantine/core";
import { Check, Copy } from "lucide-react";
import classes from "./secret-once.module.css";

/** A text that nobody can see again, with the button that copies it. */
export function SecretOnce({ label, text }: { label: string; text: string }) {
  return (
    <div className={classes.field}>
      <TextInput
        label={label}
        value={text}
        readOnly
        spellCheck={false}
        onFocus={(event) => event.currentTarget.select()}
        styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)", fontSize: 12 } }}
      />
      <CopyButton value={text}>
        {({ copied, copy }) => (
          <Button
            variant="default"
            onClick={copy}
            aria-label={`Copy ${label.toLowerCase()}`}
            leftSection={copied ? <Check size={14} aria-hidden /> : <Copy size={14} aria-hidden />}
          >
            {copied ? "Copied" : "Copy"}
          </Button>
        )}
      </CopyButton>
    </div>
  );
}
