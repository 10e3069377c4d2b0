import { Anchor, Modal } from "@mantine/core";
import { useState } from "react";
import { DecisionExplained } from "./decision-explained.tsx";

/** "Why?" beside a decision's id: opens its explanation. */
export function WhyButton({ decisionId }: { decisionId: string }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Anchor component="button" type="button" fz="inherit" onClick={() => setOpen(true)}>
        Why?
      </Anchor>
      <Modal
        opened={open}
        onClose={() => setOpen(false)}
        title="Why this was refused"
        closeButtonProps={{ "aria-label": "Close" }}
      >
        {open && <DecisionExplained decisionId={decisionId} />}
      </Modal>
    </>
  );
}
