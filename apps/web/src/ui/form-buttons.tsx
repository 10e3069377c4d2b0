import { Button, Group } from "@mantine/core";
import type { ReactNode } from "react";

interface Props {
  readonly onCancel: () => void;
  /** True while the form is being sent. */
  readonly pending: boolean;
  readonly disabled?: boolean;
  /** True where nothing needs to be filled in before sending. */
  readonly focused?: boolean;
  /** What sending does, as its button says it. */
  readonly children: ReactNode;
}

/** The end of a form in a dialog: leave, or send. */
export function FormButtons({ onCancel, pending, disabled, focused, children }: Props) {
  return (
    <Group justify="flex-end" gap={8}>
      {/* What is under way is not called back. */}
      <Button variant="default" onClick={onCancel} disabled={pending}>
        Cancel
      </Button>
      <Button type="submit" loading={pending} disabled={disabled} data-autofocus={focused}>
        {children}
      </Button>
    </Group>
  );
}
