import { Drawer, type DrawerProps } from "@mantine/core";
import { useEscape } from "./use-escape.ts";

type Props = Omit<DrawerProps, "closeOnEscape" | "closeButtonProps">;

/** A drawer beside the page. Escape closes it, unless a dialog lies over it. */
export function SideDrawer(props: Props) {
  useEscape(props.opened, props.onClose);
  return <Drawer {...props} closeOnEscape={false} closeButtonProps={{ "aria-label": "Close" }} />;
}
