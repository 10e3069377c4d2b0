import { Button, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useEffect, useRef } from "react";

interface Props {
  /** The code that the address carried. It is not looked up before somebody says so. */
  readonly carried: string | undefined;
  readonly onCode: (code: string) => void;
}

/** Takes the code that a device shows. */
export function CodeForm({ carried, onCode }: Props) {
  const form = useForm({
    initialValues: { code: carried?.slice(0, 32) ?? "" },
    validate: {
      code: (code) => (code.trim() === "" ? "Type the code that the device shows." : null),
    },
  });
  // The page has this one field; whoever comes here came to fill it in.
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  return (
    <form onSubmit={form.onSubmit(({ code }) => onCode(code.trim()))}>
      <Stack gap={12}>
        <p>
          Go on only if you started this yourself, on a device in front of you. Nobody else has a
          reason to send you a code, not even your own support.
        </p>
        <TextInput
          label="Code"
          description="Eight letters, as the device shows them."
          placeholder="BCDF-GHJK"
          autoCapitalize="characters"
          autoComplete="off"
          spellCheck={false}
          maxLength={32}
          classNames={{ input: "mono" }}
          ref={field}
          {...form.getInputProps("code")}
        />
        <Button type="submit" fullWidth>
          Continue
        </Button>
      </Stack>
    </form>
  );
}
