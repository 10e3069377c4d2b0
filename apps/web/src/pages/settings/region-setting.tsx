import { Lock } from "lucide-react";
import { regionLook } from "../../lib/words.ts";
import { useWorkspace } from "../../shell/workspace-context.ts";
import { ToneChip } from "../../ui/tone-chip.tsx";

/** The region, and why nobody can change it. */
export function RegionSetting() {
  const { region, me } = useWorkspace();
  const { label, tone } = regionLook(region);
  return (
    <div style={{ display: "grid", gap: 8 }}>
      <div style={{ display: "flex", alignItems: "center", gap: 8 }}>
        <ToneChip tone={tone}>
          <b>{label}</b> {region}
        </ToneChip>
        <span style={{ display: "inline-flex", alignItems: "center", gap: 4 }} className="dim">
          <Lock size={13} aria-hidden /> locked
        </span>
      </div>
      <div className="dim">
        Every id of this workspace says that it lives here, and each region has a database of its
        own that shares nothing with the others. So the region cannot be changed, by nobody. To work
        in another region, {me.tenant.name} needs a second tenant there; the same person can be a
        member of both.
      </div>
    </div>
  );
}
