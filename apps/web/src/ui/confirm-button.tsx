import { Button, Group, Stack, TextInput } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { ProblemNotice } from "./problem-notice.tsx";
import { Dialog } from "./dialog.tsx";

interface Props {
  /** Names the action and the thing: "Delete workflow incident-triage". */
  readonly action: string;
  /** The button that opens the dialog; `action` when left out. */
  readonly label?: string;
  readonly children: ReactNode;
  /** To be typed first, where there is no way back. */
  readonly typed?: string;
  readonly pending: boolean;
  readonly error: unknown;
  readonly onConfirm: () => void;
  readonly onReset: () => void;
}

/** A dangerous action: says what will happen before it does. */
export function ConfirmButton({
  action,
  label,
  children,
  typed,
  pending,
  error,
  onConfirm,
  onReset,
}: Props) {
  const [opened, setOpened] = useState(false);
  const [text, setText] = useState("");
  const close = () => {
    setOpened(false);
    setText("");
    onReset();
  };
  return (
    <>
      <Button variant="default" c="var(--harm)" onClick={() => setOpened(true)}>
        {label ?? action}
      </Button>
      <Dialog opened={opened} onClose={close} title={action}>
        <Stack gap={16}>
          <div>{children}</div>
          {typed !== undefined && (
            <TextInput
              label={
                <>
                  Type <span className="mono">{typed}</span> to go on
                </>
              }
              value={text}
              onChange={(event) => setText(event.currentTarget.value)}
              autoComplete="off"
              spellCheck={false}
              data-autofocus
            />
          )}
          {error !== null && error !== undefined && <ProblemNotice error={error} during="change" />}
          <Group justify="flex-end" gap={8}>
            <Button variant="default" onClick={close} disabled={pending}>
              Keep it
            </Button>
            <Button
              color="red"
              loading={pending}
              disabled={typed !== undefined && text !== typed}
              onClick={onConfirm}
            >
              {action}
            </Button>
          </Group>
        </Stack>
      </Dialog>
    </>
  );
}
