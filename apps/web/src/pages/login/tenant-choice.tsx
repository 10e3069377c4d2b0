import { RegionName } from "@aic-sos/contract/regions";
import { Slug } from "@aic-sos/contract/text";
import { Button } from "@mantine/core";
import { regionLook } from "../../lib/words.ts";
import { ToneChip } from "../../ui/tone-chip.tsx";
import classes from "./choices.module.css";

interface Props {
  /** `slug@region`, several. */
  readonly tenants: readonly string[];
  readonly onChoose: (slug: string, region: string) => void;
}

/** Several organisations own the domain of one's address. */
export function TenantChoice({ tenants, onChoose }: Props) {
  const known = tenants.flatMap((text) => {
    const [slug = "", region = ""] = text.split("@");
    const valid = Slug.safeParse(slug).success && RegionName.safeParse(region).success;
    return valid ? [{ slug, region }] : [];
  });
  return (
    <section aria-label="Choose the organisation" className={classes.choices}>
      <div>Your address belongs to {known.length} organisations. Which one do you mean?</div>
      {known.map(({ slug, region }) => {
        const { label, tone } = regionLook(region);
        return (
          <Button
            key={`${slug}@${region}`}
            variant="default"
            justify="space-between"
            rightSection={
              <ToneChip tone={tone}>
                <b>{label}</b> {region}
              </ToneChip>
            }
            onClick={() => onChoose(slug, region)}
          >
            {slug}
          </Button>
        );
      })}
    </section>
  );
}
