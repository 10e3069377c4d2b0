import { Button } from "@mantine/core";
import { useOffers } from "../../lib/fetch-offers.ts";
import { regionLook } from "../../lib/words.ts";
import { ToneChip } from "../../ui/tone-chip.tsx";
import classes from "./choices.module.css";

/** Not found here: regions share nothing, so the person is told where else there are organisations. */
export function OtherRegions() {
  const { otherRegions } = useOffers();
  if (otherRegions.length === 0) return null;
  return (
    <section aria-label="Other regions" className={classes.choices}>
      <div>Organisations in other regions sign in at their own address:</div>
      {otherRegions.map(({ region, url }) => {
        const { label, tone } = regionLook(region);
        return (
          <Button
            key={region}
            variant="default"
            justify="space-between"
            component="a"
            href={url}
            rightSection={
              <ToneChip tone={tone}>
                <b>{label}</b> {region}
              </ToneChip>
            }
          >
            {new URL(url).host}
          </Button>
        );
      })}
    </section>
  );
}
