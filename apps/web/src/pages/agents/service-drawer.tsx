import type { Service } from "@aic-sos/contract/services";
import { Button, Group, Stack } from "@mantine/core";
import { Plus } from "lucide-react";
import { useState } from "react";
import { useWorkspace } from "../../shell/workspace-context.ts";
import { Facts } from "../../ui/facts.tsx";
import { LinkButton } from "../../ui/link-button.tsx";
import { Panel } from "../../ui/panel.tsx";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { ShortId } from "../../ui/short-id.tsx";
import { MemberBindings } from "../members/member-bindings.tsx";
import { CreateKeyDialog } from "./create-key-dialog.tsx";
import { KeyList } from "./key-list.tsx";
import { ServiceSwitch } from "./service-switch.tsx";
import { useAdministers } from "./use-administers.ts";
import { SideDrawer } from "../../ui/side-drawer.tsx";

/** One service: its keys, its roles, and the switch. */
export function ServiceDrawer({
  service,
  onClose,
}: {
  service: Service | undefined;
  onClose: () => void;
}) {
  return (
    <SideDrawer opened={service !== undefined} onClose={onClose} size={560} title={service?.name}>
      {service && <Opened key={service.id} service={service} />}
    </SideDrawer>
  );
}

function Opened({ service }: { service: Service }) {
  const { id: workspaceId, may } = useWorkspace();
  const administers = useAdministers(service);
  const [creating, setCreating] = useState(false);
  const mayCreate = administers.may("api_key:create") && service.state === "active";
  return (
    <Stack gap={24}>
      <Facts
        facts={[
          ["State", service.state === "active" ? "Active" : "Disabled: its keys are refused"],
          ["Last use", <RelativeTime key="used" instant={service.lastUsedAt} />],
          ["Created", <RelativeTime key="created" instant={service.createdAt} />],
          ["Id", <ShortId key="id" id={service.id} of="service" whole />],
        ]}
      />
      {may("api_key:read") && (
        <Panel
          title="Keys"
          aside={
            mayCreate ? (
              <Button
                size="compact-sm"
                leftSection={<Plus size={14} aria-hidden />}
                onClick={() => setCreating(true)}
              >
                Create key
              </Button>
            ) : undefined
          }
        >
          <KeyList service={service} />
        </Panel>
      )}
      <Panel title="Roles">
        <MemberBindings member={{ displayName: service.name, bindings: service.bindings }} />
      </Panel>
      <Group gap={8}>
        {may("audit_event:read") && (
          <LinkButton
            to="/w/$workspaceId/audit"
            params={{ workspaceId }}
            search={{ actor: service.id, class: "everything" }}
            variant="default"
          >
            What {service.name} did
          </LinkButton>
        )}
        <ServiceSwitch service={service} />
      </Group>
      {mayCreate && (
        <CreateKeyDialog service={service} opened={creating} onClose={() => setCreating(false)} />
      )}
    </Stack>
  );
}
