import type { ApiKey } from "@aic-sos/contract/api-keys";
import { Button, Group, Stack } from "@mantine/core";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { SecretOnce } from "../../ui/secret-once.tsx";
import { envLine } from "./key-words.ts";

interface Props {
  readonly apiKey: ApiKey;
  /** The whole key. */
  readonly text: string;
  /** The one it takes the place of. */
  readonly previous?: ApiKey;
  readonly onClose: () => void;
}

/** The only moment in which a key can be seen. */
export function ShownKey({ apiKey, text, previous, onClose }: Props) {
  return (
    <Stack gap={16}>
      <div>
        This is the key of <b>{apiKey.serviceName}</b>. It is shown <b>only now</b>: put it where
        the service reads it.
        {apiKey.expiresAt !== null && (
          <>
            {" "}
            It ends <RelativeTime instant={apiKey.expiresAt} />.
          </>
        )}
      </div>
      <SecretOnce label="Key" text={text} />
      <SecretOnce label="Environment variable" text={envLine(text)} />
      {previous && (
        <div className="dim">
          {previous.state === "revoked" || previous.expiresAt === null ? (
            "The old key works no more."
          ) : (
            <>
              The old key ends <RelativeTime instant={previous.expiresAt} />. Revoke it as soon as
              nothing uses it.
            </>
          )}
        </div>
      )}
      <Group justify="flex-end">
        <Button onClick={onClose}>I have stored it</Button>
      </Group>
    </Stack>
  );
}
