import { columnsOf, MODEL_SCOPES, type ModelName } from "./model-scopes.ts";
import type { Scope } from "./scope.ts";

const TENANT_WIDE = "*";

type Bag = Readonly<Record<string, unknown>>;

/** The application scope: adds tenant and workspace to what a caller asks for. Row-level security checks it again. */
export function scopedWhere(model: ModelName, where: unknown, scope: Scope): Bag {
  return merge(where as Bag | undefined, readFilter(model, scope));
}

/** As `scopedWhere`, for changes: what the whole tenant shares is not changed from within one workspace. */
export function scopedWhereOfChange(model: ModelName, where: unknown, scope: Scope): Bag {
  return merge(where as Bag | undefined, changeFilter(model, scope));
}

/** The unique `where` of one row, by its id, with everything else the caller asks of it. */
export function scopedRow(model: ModelName, where: Bag, scope: Scope): Bag {
  const { id, ...rest } = where;
  if (typeof id !== "string") throw new TypeError(`${model}: one row is named by its id`);
  const filter = changeFilter(model, scope);
  if (model === "Tenant") return { ...merge(rest, filter), id };
  return { tenantId_id: { tenantId: scope.tenantId, id }, ...merge(rest, filter) };
}

/** The data of a new row with tenant and workspace filled in. Throws for relations and for another tenant's id. */
export function scopedData(model: ModelName, data: Bag, scope: Scope): Bag {
  assertColumns(model, data);
  const home = MODEL_SCOPES[model];
  if (home === "nobody")
    throw new TypeError(`${model} is the same for every tenant: no scope writes it`);
  if (model === "Tenant") return same(data, "id", scope.tenantId, model);
  const withTenant = same(data, "tenantId", scope.tenantId, model);
  if (home !== "workspace" && home !== "shared") return withTenant;
  if (scope.workspaceId === TENANT_WIDE) {
    if (home === "workspace" && withTenant["workspaceId"] === undefined) {
      throw new TypeError(`${model}: a tenant-wide grant must say which workspace`);
    }
    return withTenant;
  }
  return same(withTenant, "workspaceId", scope.workspaceId, model);
}

/** The data of a change: columns only, and none of those that say whose row it is. */
export function changedData(model: ModelName, data: Bag): Bag {
  assertColumns(model, data);
  for (const column of ["tenantId", "workspaceId", "id"]) {
    if (column in data) throw new TypeError(`${model}.${column} never changes`);
  }
  return data;
}

function readFilter(model: ModelName, scope: Scope): Bag {
  const home = MODEL_SCOPES[model];
  const wide = scope.workspaceId === TENANT_WIDE;
  if (home === "nobody") return {};
  if (model === "Tenant") return { id: scope.tenantId };
  const tenant = { tenantId: scope.tenantId };
  if (wide || home === "tenant") return tenant;
  if (model === "Workspace") return { ...tenant, id: scope.workspaceId };
  if (home === "workspace") return { ...tenant, workspaceId: scope.workspaceId };
  return { ...tenant, OR: [{ workspaceId: scope.workspaceId }, { workspaceId: null }] };
}

function changeFilter(model: ModelName, scope: Scope): Bag {
  const wide = scope.workspaceId === TENANT_WIDE;
  if (MODEL_SCOPES[model] !== "shared" || wide) return readFilter(model, scope);
  return { tenantId: scope.tenantId, workspaceId: scope.workspaceId };
}

/** Both must hold; neither may overwrite the other. */
function merge(asked: Bag | undefined, filter: Bag): Bag {
  if (asked === undefined) return filter;
  const clash = Object.keys(filter).some((key) => asked[key] !== undefined);
  return clash ? { AND: [asked, filter] } : { ...asked, ...filter };
}

function same(data: Bag, column: string, value: string, model: ModelName): Bag {
  const given = data[column];
  if (given !== undefined && given !== value) {
    throw new TypeError(
      `${model}.${column} is not the grant's own: a row is written in its scope only`,
    );
  }
  return { ...data, [column]: value };
}

function assertColumns(model: ModelName, data: Bag): void {
  const columns = columnsOf(model);
  for (const key of Object.keys(data)) {
    if (!columns.has(key))
      throw new TypeError(`${model}.${key} is no column: write related rows on their own`);
  }
}
