import type { Client } from "pg";
import type { TestCell } from "./fresh-cells.ts";
import { freshId } from "./make-id.ts";

export interface TestTenant {
  readonly id: string;
  readonly name: string;
  readonly slug: string;
  readonly region: string;
  readonly cell: number;
}

/** Inserts a tenant, past row-level security. `db` is `superuser(cell)`. */
export async function makeTenant(
  db: Client,
  cell: Pick<TestCell, "code" | "region">,
  fields: { name?: string; slug?: string } = {},
): Promise<TestTenant> {
  const id = freshId(cell.code);
  const { name = `Tenant ${id.slice(-6)}`, slug = `tenant-${id.slice(-12)}` } = fields;
  await db.query("INSERT INTO tenants (tenant_id, name, slug, region) VALUES ($1, $2, $3, $4)", [
    id,
    name,
    slug,
    cell.region,
  ]);
  return { id, name, slug, region: cell.region, cell: cell.code };
}
