import { SimpleGrid, TextInput } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import type { ProviderValues } from "./provider-values.ts";

const CLAIMS = [
  ["email", "Email claim", "email"],
  ["emailVerified", "Verified claim", "email_verified"],
  ["fullName", "Name claim", "name"],
  ["groups", "Groups claim", "groups"],
] as const;

/** Where the provider puts what is read, where that is not the standard. */
export function ClaimFields({ form }: { form: UseFormReturnType<ProviderValues> }) {
  return (
    <SimpleGrid cols={2} spacing={12}>
      {CLAIMS.map(([field, label, standard]) => (
        <TextInput
          key={field}
          label={label}
          placeholder={standard}
          autoComplete="off"
          spellCheck={false}
          {...form.getInputProps(field)}
        />
      ))}
    </SimpleGrid>
  );
}
