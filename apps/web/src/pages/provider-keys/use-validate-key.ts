import type { ProviderKey } from "@aic-sos/contract/provider-keys";
import { notifications } from "@mantine/notifications";
import { failureOf } from "../../api/problem-of.ts";
import { trpc } from "../../api/trpc.ts";
import { problemWords } from "../../lib/problem-words.ts";
import { counted, PROVIDER_WORDS } from "../../lib/words.ts";

/** Tries a key and says in a notification what came of it. */
export function useValidateKey(key: ProviderKey): { isPending: boolean; start: () => void } {
  const utils = trpc.useUtils();
  const provider = PROVIDER_WORDS[key.provider];
  const validate = trpc.providerKey.validate.useMutation({
    onSuccess: async ({ health, models, warning }) => {
      await utils.providerKey.list.invalidate();
      if (health === "valid") {
        notifications.show({
          title: `${key.name} works`,
          message:
            models === null
              ? `${provider} took it.`
              : `${provider} took it and offers ${counted(models, "model")}.`,
        });
        return;
      }
      notifications.show({
        color: health === "invalid" ? "red" : "yellow",
        title:
          health === "invalid"
            ? `${provider} refuses ${key.name}`
            : `${provider} could not be reached`,
        message: warning ?? "The key stays stored as it is.",
      });
    },
    onError: (error) => {
      const failure = failureOf(error);
      notifications.show({
        color: "red",
        title: `${key.name} was not tried`,
        message:
          failure.kind === "problem"
            ? problemWords(failure.problem)
            : "No answer came from the server.",
      });
    },
  });
  return {
    isPending: validate.isPending,
    start: () => validate.mutate({ providerKeyId: key.id, workspaceId: key.workspaceId }),
  };
}
