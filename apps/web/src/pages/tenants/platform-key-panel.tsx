import type { PlatformKey } from "@aic-sos/contract/platform-key";
import { Group } from "@mantine/core";
import { trpc } from "../../api/trpc.ts";
import { Panel } from "../../ui/panel.tsx";
import { ProblemNotice } from "../../ui/problem-notice.tsx";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { ToneChip } from "../../ui/tone-chip.tsx";
import { DisablePlatformKey } from "./disable-platform-key.tsx";
import { RotatePlatformKey } from "./rotate-platform-key.tsx";

/** Whether scripts get in by the platform key, and the two ways to change that. */
export function PlatformKeyPanel() {
  const { data, error } = trpc.platformKey.read.useQuery({});
  const actions =
    data?.state === "active" ? (
      <Group gap={8}>
        <RotatePlatformKey />
        {data.loginConfigured && <DisablePlatformKey />}
      </Group>
    ) : undefined;
  return (
    <Panel title="Platform key" aside={actions}>
      {error && <ProblemNotice error={error} during="read" />}
      {data && <State {...data} />}
    </Panel>
  );
}

function State({ state, since, lastUsedAt, previousEndsAt }: PlatformKey) {
  if (state === "off") {
    return (
      <p className="dim">
        <ToneChip tone="attention">Off</ToneChip> Only people get in. A new key in the configuration
        lets scripts in again, once the servers have started with it.
      </p>
    );
  }
  return (
    <p className="dim">
      Scripts create and list tenants by it. In effect since{" "}
      {since === null ? "the first start" : <RelativeTime instant={since} />},{" "}
      {lastUsedAt === null ? (
        "never used"
      ) : (
        <>
          last used <RelativeTime instant={lastUsedAt} />
        </>
      )}
      .
      {previousEndsAt !== null && (
        <>
          {" "}
          The one before ends <RelativeTime instant={previousEndsAt} />.
        </>
      )}
    </p>
  );
}
