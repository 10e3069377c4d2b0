import type { IssuedInvitation } from "@aic-sos/contract/tenants";
import { Button, CopyButton, Group, Stack, TextInput } from "@mantine/core";
import { Check, Copy } from "lucide-react";
import { RelativeTime } from "../../ui/relative-time.tsx";

/** The invitation's link, which nobody can see again. */
export function IssuedInvitationView({
  invitation,
  onClose,
}: {
  invitation: IssuedInvitation;
  onClose: () => void;
}) {
  return (
    <Stack gap={16}>
      <div>
        Send this link to <b>{invitation.email ?? "the person"}</b>. It works once, ends{" "}
        <RelativeTime instant={invitation.expiresAt} />, and is shown only now.
      </div>
      <TextInput
        aria-label="Invitation link"
        value={invitation.url}
        readOnly
        onFocus={(event) => event.currentTarget.select()}
        styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)", fontSize: 12 } }}
      />
      <Group justify="flex-end" gap={8}>
        <CopyButton value={invitation.url}>
          {({ copied, copy }) => (
            <Button
              variant="default"
              onClick={copy}
              leftSection={
                copied ? <Check size={14} aria-hidden /> : <Copy size={14} aria-hidden />
              }
            >
              {copied ? "Copied" : "Copy link"}
            </Button>
          )}
        </CopyButton>
        <Button onClick={onClose}>Done</Button>
      </Group>
    </Stack>
  );
}
