import { ActionIcon, useComputedColorScheme, useMantineColorScheme } from "@mantine/core";
import { Moon, Sun } from "lucide-react";
import type { ComponentPropsWithRef } from "react";

/** Light or dark; remembered by this browser. */
export function ColorSchemeToggle(
  props: Pick<ComponentPropsWithRef<"button">, "ref" | "onMouseEnter">,
) {
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme("light");
  const other = scheme === "dark" ? "light" : "dark";
  return (
    <ActionIcon {...props} onClick={() => setColorScheme(other)} aria-label={`Switch to ${other}`}>
      {scheme === "dark" ? <Sun size={16} aria-hidden /> : <Moon size={16} aria-hidden />}
    </ActionIcon>
  );
}
