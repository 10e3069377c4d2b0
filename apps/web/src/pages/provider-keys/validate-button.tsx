import type { ProviderKey } from "@aic-sos/contract/provider-keys";
import { Button } from "@mantine/core";
import { useValidateKey } from "./use-validate-key.ts";

/** Tries a key with the provider's free list-models call. */
export function ValidateButton({ providerKey }: { providerKey: ProviderKey }) {
  const validate = useValidateKey(providerKey);
  return (
    <Button
      variant="default"
      size="compact-sm"
      loading={validate.isPending}
      onClick={validate.start}
      aria-label={`Validate ${providerKey.name}`}
    >
      Validate
    </Button>
  );
}
