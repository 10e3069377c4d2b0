import type { Me } from "@aic-sos/contract/members";
import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { signOut } from "../api/sign-out.ts";
import { trpc } from "../api/trpc.ts";
import { ProblemNotice } from "../ui/problem-notice.tsx";
import { ToneChip } from "../ui/tone-chip.tsx";
import { regionLook } from "../lib/words.ts";
import { Bare } from "./bare.tsx";
import classes from "./no-such-workspace.module.css";

/** A workspace that is not there and one that one may not see look the same, here as everywhere. */
export function NoSuchWorkspace({ me, workspaceId }: { me: Me; workspaceId: string | null }) {
  const { displayName, email } = me.principal;
  const none = me.workspaces.length === 0;
  // The server decides and records who reached for what; it says no more than that there is nothing to see.
  const asked = trpc.workspace.read.useQuery(
    { workspaceId: workspaceId ?? "" },
    { enabled: workspaceId !== null },
  );
  return (
    <Bare title={none ? "No workspace yet" : "No such workspace"}>
      <div className="dim">
        {none
          ? `${me.tenant.name} has no workspace that you have a role in. A workspace admin can give you one.`
          : `There is none at this address, or none that you may see. These are yours in ${me.tenant.name}:`}
      </div>
      {asked.error && <ProblemNotice error={asked.error} during="read" />}
      {!none && (
        <ul className={classes.list}>
          {me.workspaces.map((workspace) => (
            <li key={workspace.id}>
              <Link
                to="/w/$workspaceId"
                params={{ workspaceId: workspace.id }}
                className={classes.link}
              >
                <span>{workspace.name}</span>
                <ToneChip tone={regionLook(workspace.region).tone}>{workspace.region}</ToneChip>
              </Link>
            </li>
          ))}
        </ul>
      )}
      <div className="dim">
        You are signed in as {displayName}
        {email === null ? "" : ` (${email})`}.
      </div>
      <div>
        <Button variant="default" onClick={signOut}>
          Sign out
        </Button>
      </div>
    </Bare>
  );
}
