import { Modal, type ModalProps } from "@mantine/core";
import { useEscape } from "./use-escape.ts";

interface Props
  extends Omit<ModalProps, "closeOnEscape" | "closeOnClickOutside" | "closeButtonProps"> {
  /** Only its own buttons close it: it shows what nobody can see again, or is about to. */
  readonly held?: boolean;
}

/** A dialog. Escape closes it, and nothing that lies below. */
export function Dialog({ held = false, ...modal }: Props) {
  useEscape(modal.opened, () => {
    if (!held) modal.onClose();
  });
  return (
    <Modal
      {...modal}
      closeOnEscape={false}
      closeOnClickOutside={!held}
      withCloseButton={!held}
      closeButtonProps={{ "aria-label": "Close" }}
    />
  );
}
