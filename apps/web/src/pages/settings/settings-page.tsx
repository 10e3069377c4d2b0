import { useWorkspace } from "../../shell/workspace-context.ts";
import { Facts } from "../../ui/facts.tsx";
import { Page } from "../../ui/page.tsx";
import { ShortId } from "../../ui/short-id.tsx";
import { DataModeSetting } from "./data-mode-setting.tsx";
import { RegionSetting } from "./region-setting.tsx";
import { SettingBlock } from "./setting-block.tsx";

/** How is this workspace governed? */
export function SettingsPage() {
  const { id, name, me } = useWorkspace();
  return (
    <Page title="Settings" lead={`How ${name} is governed.`} crumbs={[{ label: "Settings" }]}>
      <SettingBlock title="Data mode" explains="Whether what passes through workflows is kept.">
        <DataModeSetting />
      </SettingBlock>
      <SettingBlock title="Region" explains="Where everything of this workspace lives.">
        <RegionSetting />
      </SettingBlock>
      <SettingBlock title="Identity" explains="What services and scripts name this workspace by.">
        <Facts
          facts={[
            ["Workspace", name],
            ["Workspace id", <ShortId key="w" id={id} of="workspace" whole />],
            ["Tenant", `${me.tenant.name} (${me.tenant.slug})`],
            ["Tenant id", <ShortId key="t" id={me.tenant.id} of="tenant" whole />],
          ]}
        />
      </SettingBlock>
    </Page>
  );
}
