import type { CreatedProviderKey } from "@aic-sos/contract/provider-keys";
import { Button, Group, Stack } from "@mantine/core";
import { TriangleAlert } from "lucide-react";
import { useWorkspace } from "../../shell/workspace-context.ts";
import { useValidateKey } from "./use-validate-key.ts";
import classes from "./stored-key.module.css";

interface Props {
  readonly created: (typeof CreatedProviderKey)["_output"];
  readonly region: string;
  readonly onClose: () => void;
}

/** What became of the key, what looks odd about it, and the next step. */
export function StoredKey({ created: { providerKey, warnings }, region, onClose }: Props) {
  const { may } = useWorkspace();
  const validate = useValidateKey(providerKey);
  return (
    <Stack gap={16}>
      <div>
        <b>{providerKey.name}</b> is stored in {region}. It ends in{" "}
        <span className="mono">…{providerKey.lastFour}</span>.
      </div>
      {warnings.map((warning) => (
        <div key={warning} className={classes.warning}>
          <TriangleAlert size={16} aria-hidden />
          {warning}
        </div>
      ))}
      <Group justify="flex-end" gap={8}>
        {may("provider_key:validate") && (
          <Button variant="default" loading={validate.isPending} onClick={validate.start}>
            Validate now
          </Button>
        )}
        <Button onClick={onClose} data-autofocus>
          Done
        </Button>
      </Group>
    </Stack>
  );
}
