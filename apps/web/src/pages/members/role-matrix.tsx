import { PERMISSIONS, permissions } from "@aic-sos/contract/permissions";
import { ROLE_MEANS, ROLES } from "@aic-sos/contract/roles";
import { roleAllows } from "@aic-sos/policy/role-table";
import { Tooltip } from "@mantine/core";
import { Check } from "lucide-react";
import { ROLE_WORDS } from "../../lib/words.ts";
import { useWorkspace } from "../../shell/workspace-context.ts";
import classes from "./role-matrix.module.css";

/** What a role can be asked about: not what everybody may, nor what only the platform may. */
const SHOWN = permissions.filter(
  (permission) => !["self", "platform"].includes(PERMISSIONS[permission].scope),
);

/** Every permission against every role, out of the table that the server decides by. */
export function RoleMatrix() {
  const { roles: mine } = useWorkspace();
  return (
    <div className={classes.scroll}>
      <table className={classes.matrix} aria-label="What roles allow">
        <thead>
          <tr>
            <th scope="col">May</th>
            {ROLES.map((role) => (
              <th key={role} scope="col" data-mine={mine.includes(role) || undefined}>
                <Tooltip label={ROLE_MEANS[role]}>
                  <span>{ROLE_WORDS[role]}</span>
                </Tooltip>
                {mine.includes(role) && <div className={classes.you}>you</div>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {SHOWN.map((permission) => (
            <tr key={permission}>
              <th scope="row">
                {PERMISSIONS[permission].means}
                {PERMISSIONS[permission].scope === "tenant" && (
                  <span className="faint"> (tenant-wide roles only)</span>
                )}
              </th>
              {ROLES.map((role) => (
                <td key={role} data-mine={mine.includes(role) || undefined}>
                  {roleAllows(role, permission) ? (
                    <Check size={15} strokeWidth={2.5} role="img" aria-label="yes" />
                  ) : (
                    <span className={classes.no} role="img" aria-label="no" />
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
