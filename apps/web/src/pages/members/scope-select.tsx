import { Select } from "@mantine/core";
import type { GetInputPropsReturnType } from "@mantine/form";
import { useWorkspace } from "../../shell/workspace-context.ts";

/** Where a role is to hold. Everywhere is offered only to those who administer everything. */
export function ScopeSelect(inputProps: GetInputPropsReturnType) {
  const { me, name, mayEverywhere } = useWorkspace();
  if (!mayEverywhere("role_binding:grant")) return null;
  return (
    <Select
      label="Where"
      allowDeselect={false}
      data={[
        { value: "here", label: `In ${name}` },
        { value: "everywhere", label: `Everywhere in ${me.tenant.name}` },
      ]}
      {...inputProps}
    />
  );
}
