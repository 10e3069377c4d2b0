import { RegionName } from "@aic-sos/contract/regions";
import { Button } from "@mantine/core";
import { regionLook } from "../../lib/words.ts";
import { ToneChip } from "../../ui/tone-chip.tsx";

interface Props {
  readonly slug: string;
  readonly regions: readonly string[];
  readonly onChoose: (region: string) => void;
}

/** Two organisations of one name, in two regions: the person knows which is theirs. */
export function RegionChoice({ slug, regions, onChoose }: Props) {
  const known = regions.filter((region) => RegionName.safeParse(region).success);
  return (
    <section aria-label="Choose the region" style={{ display: "grid", gap: 8 }}>
      <div>
        “{slug}” exists in {known.length} regions. Which one is yours?
      </div>
      {known.map((region) => {
        const { label, tone } = regionLook(region);
        return (
          <Button
            key={region}
            variant="default"
            justify="space-between"
            onClick={() => onChoose(region)}
          >
            <ToneChip tone={tone}>
              <b>{label}</b> {region}
            </ToneChip>
          </Button>
        );
      })}
    </section>
  );
}
