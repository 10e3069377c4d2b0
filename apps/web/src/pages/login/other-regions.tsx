import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { regionLook } from "../../lib/words.ts";
import { ToneChip } from "../../ui/tone-chip.tsx";
import classes from "./choices.module.css";
import { fetchOtherRegions } from "./fetch-other-regions.ts";

/** Not found here: regions share nothing, so the person is told where else there are organisations. */
export function OtherRegions() {
  const { data } = useQuery({
    queryKey: ["login-other-regions"],
    queryFn: ({ signal }) => fetchOtherRegions(signal),
    retry: false,
  });
  if (!data || data.length === 0) return null;
  return (
    <section aria-label="Other regions" className={classes.choices}>
      <div>Organisations in other regions sign in at their own address:</div>
      {data.map(({ region, url }) => {
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
