import type { RoleUrls } from "@aic-sos/db/bootstrap";
import type { FreshCells, TestCell } from "@aic-sos/testkit/fresh-cells";

/** A role with all that `aic_app` may do, whom no row-level security binds. It belongs to the whole cluster: one name a file. */
export interface UnboundRole {
  readonly name: `unbound_${string}`;
}

/** Makes the role. `drop` takes it away again, once nobody is connected as it. */
export async function makeUnbound(cells: FreshCells, { name }: UnboundRole) {
  const db = await cells.superuser(cells.us);
  await db.query(`drop role if exists ${name}`);
  await db.query(`create role ${name} login password '${name}' bypassrls in role aic_app`);
  return { drop: async () => void (await db.query(`drop role ${name}`)) };
}

/** The cell's URLs, the application's as the unbound role when there is one. */
export function urlsOf(cell: TestCell, role: UnboundRole | undefined): RoleUrls {
  if (!role) return cell.urls;
  const app = new URL(cell.urls.app);
  app.username = role.name;
  app.password = role.name;
  return { ...cell.urls, app: app.href };
}
