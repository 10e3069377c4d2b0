import { Spotlight, spotlight } from "@mantine/spotlight";
import { useNavigate } from "@tanstack/react-router";
import { Search } from "lucide-react";
import { useState } from "react";
import { useEscape } from "../ui/use-escape.ts";
import classes from "./command-palette.module.css";
import { findEntries, groupedEntries, type PaletteEntry } from "./palette-entries.ts";
import { usePaletteEntries } from "./use-palette-entries.ts";

/** Opens the palette, from wherever. */
export function openPalette(): void {
  spotlight.open();
}

/** ⌘K: pages, workflows, runs, people, actions. */
export function CommandPalette() {
  const [query, setQuery] = useState("");
  const [opened, setOpened] = useState(false);
  const entries = usePaletteEntries(opened);
  useEscape(opened, spotlight.close);
  const found = groupedEntries(findEntries(entries, query));
  return (
    <Spotlight.Root
      query={query}
      onQueryChange={setQuery}
      onSpotlightOpen={() => setOpened(true)}
      onSpotlightClose={() => setOpened(false)}
      closeOnEscape={false}
      shortcut="mod + K"
      tagsToIgnore={[]}
      triggerOnContentEditable
      size={600}
      padding={0}
      yOffset="12dvh"
      overlayProps={{ blur: 0, backgroundOpacity: 0.4 }}
      attributes={{ content: { "aria-label": "Find or do" } }}
    >
      <Spotlight.Search
        placeholder="A page, a workflow, a run, a person, an action"
        leftSection={<Search size={16} aria-hidden />}
      />
      <Spotlight.ActionsList className={classes.list}>
        {found.length === 0 && <Spotlight.Empty>Nothing of that name here.</Spotlight.Empty>}
        {found.map(([group, list]) => (
          <Spotlight.ActionsGroup key={group} label={group} className={classes.group}>
            {list.map((entry) => (
              <PaletteAction key={entry.id} entry={entry} />
            ))}
          </Spotlight.ActionsGroup>
        ))}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}

function PaletteAction({ entry }: { entry: PaletteEntry }) {
  const navigate = useNavigate();
  const onClick = () => {
    if (entry.href === undefined) entry.run?.();
    else void navigate({ href: entry.href });
  };
  return (
    <Spotlight.Action className={classes.action} onClick={onClick}>
      <span className="clip">{entry.label}</span>
      {entry.hint !== undefined && <span className={classes.hint}>{entry.hint}</span>}
    </Spotlight.Action>
  );
}
