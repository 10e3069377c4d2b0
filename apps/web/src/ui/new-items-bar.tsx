import { UnstyledButton } from "@mantine/core";
import { ArrowUp } from "lucide-react";
import { countNew } from "../lib/new-items.ts";
import { counted } from "../lib/words.ts";
import classes from "./new-items-bar.module.css";

interface Props {
  readonly shown: readonly { id: string }[] | undefined;
  readonly polled: readonly { id: string }[] | undefined;
  readonly one: string;
  readonly onShow: () => void;
}

/** "3 new runs": a live list says so and does not jump. */
export function NewItemsBar({ shown, polled, one, onShow }: Props) {
  const count = shown && polled ? countNew(shown, polled) : 0;
  return (
    <div aria-live="polite" className={classes.live}>
      {count > 0 && (
        <UnstyledButton className={classes.bar} onClick={onShow}>
          <ArrowUp size={14} aria-hidden />
          {counted(count, one)}: show
        </UnstyledButton>
      )}
    </div>
  );
}
