import { Anchor } from "@mantine/core";
import { useState } from "react";
import { DecisionExplained } from "./decision-explained.tsx";
import { Dialog } from "./dialog.tsx";

/** "Why?" beside a decision's id: opens its explanation. */
export function WhyButton({ decisionId }: { decisionId: string }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Anchor component="button" type="button" fz="inherit" onClick={() => setOpen(true)}>
        Why?
      </Anchor>
      <Dialog opened={open} onClose={() => setOpen(false)} title="Why this was refused">
        {open && <DecisionExplained decisionId={decisionId} />}
      </Dialog>
    </>
  );
}
