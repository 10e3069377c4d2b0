import type { Member, RoleBinding } from "@aic-sos/contract/members";
import { ROLE_MEANS } from "@aic-sos/contract/roles";
import { notifications } from "@mantine/notifications";
import { trpc } from "../../api/trpc.ts";
import { EVERYWHERE } from "../../api/workspace-header.ts";
import { ROLE_WORDS } from "../../lib/words.ts";
import { useWorkspace } from "../../shell/workspace-context.ts";
import { ConfirmButton } from "../../ui/confirm-button.tsx";
import { ItemLines } from "../../ui/item-lines.tsx";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { useScopeWords } from "./binding-chips.tsx";
import classes from "./member-bindings.module.css";

type Bound = Pick<Member, "displayName" | "bindings">;

/** Every role of a member or a service, where it holds, and the way to take it. */
export function MemberBindings({ member }: { member: Bound }) {
  if (member.bindings.length === 0)
    return <div className="dim">None. Without a role nothing is allowed.</div>;
  return (
    <ItemLines items={member.bindings}>
      {(binding) => <BindingRow member={member} binding={binding} />}
    </ItemLines>
  );
}

function BindingRow({ member, binding }: { member: Bound; binding: RoleBinding }) {
  const { may, mayEverywhere } = useWorkspace();
  const scopeWords = useScopeWords();
  const utils = trpc.useUtils();
  const role = ROLE_WORDS[binding.role];
  const isEverywhere = binding.workspaceId === null;
  const mayTake = isEverywhere ? mayEverywhere("role:remove") : may("role:remove");
  const remove = trpc.member.removeRole.useMutation({
    trpc: isEverywhere ? EVERYWHERE : {},
    onSuccess: async () => {
      notifications.show({
        message: `${member.displayName} is no longer ${role} ${scopeWords(binding)}.`,
      });
      await Promise.all([
        utils.member.list.invalidate(),
        utils.service.list.invalidate(),
        utils.me.read.invalidate(),
      ]);
    },
  });
  return (
    <>
      <div className={classes.words}>
        <b>{role}</b> <span className="dim">{scopeWords(binding)}</span>
        {binding.expiresAt !== null && (
          <span className="dim">
            , ends <RelativeTime instant={binding.expiresAt} />
          </span>
        )}
        <div className={classes.means}>{ROLE_MEANS[binding.role]}</div>
      </div>
      {mayTake && (
        <ConfirmButton
          action={`Take ${role} from ${member.displayName}`}
          label="Take away"
          pending={remove.isPending}
          error={remove.error}
          onConfirm={() =>
            remove.mutate({ bindingId: binding.id, workspaceId: binding.workspaceId ?? undefined })
          }
          onReset={remove.reset}
        >
          It ends at once: the next request of {member.displayName} that needs this role{" "}
          {scopeWords(binding)} is refused. The role can be given again.
        </ConfirmButton>
      )}
    </>
  );
}
