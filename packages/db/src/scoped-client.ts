import type * as runtime from "@prisma/client/runtime/client";
import { NoScope, RowNotFound } from "./errors.ts";
import { Prisma } from "./generated/client.ts";
import {
  INTERNAL_MODELS,
  type MODEL_SCOPES,
  type ModelName,
  modelNames,
  type ScopedModelName,
} from "./model-scopes.ts";
import { type Passage, passages } from "./scope.ts";
import {
  changedData,
  scopedData,
  scopedRow,
  scopedWhere,
  scopedWhereOfChange,
} from "./scoped-arguments.ts";

type Operations<M extends ModelName> = Prisma.TypeMap["model"][M]["operations"];
type Payload<M extends ModelName> = Prisma.TypeMap["model"][M]["payload"];
type Operation = "findFirst" | "findMany" | "create" | "update" | "delete";
type Args<M extends ModelName, O extends keyof Operations<M>> = Operations<M>[O] extends {
  args: infer A;
}
  ? A
  : never;
type Where<M extends ModelName> = NonNullable<
  Args<M, "findFirst"> extends { where?: infer W } ? W : never
>;
type Answer<M extends ModelName, A, O extends Operation> = runtime.Types.Result.GetResult<
  Payload<M>,
  A,
  O
>;

type RowOf<D> = Exclude<D, readonly unknown[]>;
type CreateMany<M extends ModelName> =
  Args<M, "createMany"> extends { data: infer D } ? RowOf<D> : never;
type UpdateMany<M extends ModelName> =
  Args<M, "updateMany"> extends { data: infer D } ? RowOf<D> : never;
type Optional<T, K extends PropertyKey> = Omit<T, K> & Partial<Pick<T, K & keyof T>>;

/** A new row: its columns, without the tenant (filled in) and with the workspace only where the grant is tenant-wide. */
export type NewRow<M extends ModelName> = M extends "Tenant"
  ? CreateMany<M>
  : Optional<Omit<CreateMany<M>, "tenantId">, "workspaceId">;

/** The columns to change. */
export type Change<M extends ModelName> = Omit<UpdateMany<M>, "tenantId" | "workspaceId" | "id">;

/** What to answer with: Prisma's `select`, `omit` or `include`. */
type Shape<M extends ModelName> = Pick<
  Args<M, "findFirst">,
  keyof Args<M, "findFirst"> & ("select" | "omit" | "include")
>;

/** The reads of one model. There is no `findUnique`: Prisma batches those of one tick across scopes. */
export interface ReadModel<M extends ModelName> {
  findFirst<A extends Args<M, "findFirst">>(
    args: Prisma.SelectSubset<A, Args<M, "findFirst">>,
  ): Promise<Answer<M, A, "findFirst">>;
  findMany<A extends Args<M, "findMany">>(
    args?: Prisma.SelectSubset<A, Args<M, "findMany">>,
  ): Promise<Answer<M, A, "findMany">>;
  /** Counts, at most up to `take`. */
  count(args: { where?: Where<M>; take: number }): Promise<number>;
}

/** The writes of one model: one statement each, columns only. */
export interface WriteModel<M extends ModelName> extends ReadModel<M> {
  /** `id` is the caller's, from `newId`. */
  create<A extends { data: NewRow<M> } & Shape<M>>(
    args: Prisma.SelectSubset<A, { data: NewRow<M> } & Shape<M>>,
  ): Promise<Answer<M, A, "create">>;
  createMany(args: {
    data: readonly NewRow<M>[];
    skipDuplicates?: boolean;
  }): Promise<{ count: number }>;
  /** Changes one row and answers with it. `where` may ask more of it than its id. Throws RowNotFound. */
  update<A extends { where: Where<M> & { id: string }; data: Change<M> } & Shape<M>>(
    args: Prisma.SelectSubset<A, { where: Where<M> & { id: string }; data: Change<M> } & Shape<M>>,
  ): Promise<Answer<M, A, "update">>;
  updateMany(args: { where: Where<M>; data: Change<M> }): Promise<{ count: number }>;
  /** Deletes one row. Throws RowNotFound. */
  delete(args: { where: Where<M> & { id: string } }): Promise<void>;
  deleteMany(args: { where: Where<M> }): Promise<{ count: number }>;
}

type Shared = {
  [M in ModelName]: (typeof MODEL_SCOPES)[M] extends "nobody" ? M : never;
}[ModelName];

/** Prisma, narrowed to one scope and to reads. */
export type ScopedClient = {
  readonly [M in ScopedModelName as Uncapitalize<M>]: ReadModel<M>;
};

/** Prisma, narrowed to one scope. What is the same for every tenant is read only. */
export type ScopedTransaction = {
  readonly [M in Exclude<ScopedModelName, Shared> as Uncapitalize<M>]: WriteModel<M>;
} & {
  readonly [M in Extract<ScopedModelName, Shared> as Uncapitalize<M>]: ReadModel<M>;
};

type Bag = Readonly<Record<string, unknown>>;
/** A Prisma model as this file calls it; what callers may pass is in the types above. */
type Delegate = Readonly<Record<string, (args: object) => Promise<unknown>>>;
export type PrismaModels = Readonly<Record<string, Delegate>>;

/** One model in one scope. */
class ScopedModel {
  readonly #model: ModelName;
  readonly #delegate: Delegate;
  readonly #passage: Passage;

  constructor(model: ModelName, delegate: Delegate, passage: Passage) {
    this.#model = model;
    this.#delegate = delegate;
    this.#passage = passage;
  }

  findFirst(args: Bag = {}) {
    return this.#run("findFirst", { ...args, where: this.#seen(args["where"]) });
  }

  findMany(args: Bag = {}) {
    return this.#run("findMany", { ...args, where: this.#seen(args["where"]) });
  }

  count(args: Bag) {
    return this.#run("count", { ...args, where: this.#seen(args["where"]) });
  }

  create(args: Bag) {
    return this.#run("create", { ...args, data: this.#row(args["data"]) });
  }

  createMany(args: Bag) {
    const rows = args["data"] as readonly unknown[];
    return this.#run("createMany", { ...args, data: rows.map((row) => this.#row(row)) });
  }

  update(args: Bag) {
    const data = changedData(this.#model, args["data"] as Bag);
    return this.#run("update", { ...args, where: this.#one(args["where"]), data });
  }

  updateMany(args: Bag) {
    const data = changedData(this.#model, args["data"] as Bag);
    return this.#run("updateMany", { ...args, where: this.#changed(args["where"]), data });
  }

  async delete(args: Bag) {
    await this.#run("delete", { ...args, where: this.#one(args["where"]) });
  }

  deleteMany(args: Bag) {
    return this.#run("deleteMany", { ...args, where: this.#changed(args["where"]) });
  }

  #seen(where: unknown) {
    return scopedWhere(this.#model, where, this.#passage.scope);
  }

  #changed(where: unknown) {
    return scopedWhereOfChange(this.#model, where, this.#passage.scope);
  }

  #one(where: unknown) {
    return scopedRow(this.#model, where as Bag, this.#passage.scope);
  }

  #row(data: unknown) {
    return scopedData(this.#model, data as Bag, this.#passage.scope);
  }

  /** Prisma's promises are lazy: awaiting it here, inside the run, is what gives the statement its scope. */
  #run(operation: string, args: object): Promise<unknown> {
    const call = this.#delegate[operation];
    if (call === undefined) throw new TypeError(`no operation ${operation}`);
    return passages.run(this.#passage, async () => {
      if (this.#passage.ended) throw new NoScope("the read or write of this client has ended");
      try {
        return await call.call(this.#delegate, args);
      } catch (error) {
        throw isNotFound(error) ? new RowNotFound(this.#model) : error;
      }
    });
  }
}

function isNotFound(error: unknown): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2025";
}

/** All models in one scope; each is made when it is asked for. */
class ScopedModels {
  readonly client: PrismaModels;
  readonly passage: Passage;

  constructor(client: PrismaModels, passage: Passage) {
    this.client = client;
    this.passage = passage;
  }
}

const internal: ReadonlySet<ModelName> = new Set(INTERNAL_MODELS);
for (const model of modelNames.filter((name) => !internal.has(name))) {
  const property = model.charAt(0).toLowerCase() + model.slice(1);
  Object.defineProperty(ScopedModels.prototype, property, {
    get(this: ScopedModels) {
      const delegate = this.client[property];
      if (delegate === undefined) throw new TypeError(`no model ${model}`);
      return new ScopedModel(model, delegate, this.passage);
    },
  });
}

/** A client for one scope over `client` (Prisma, or one of its transactions). */
export function scopedModels(client: PrismaModels, passage: Passage): ScopedTransaction {
  return new ScopedModels(client, passage) as unknown as ScopedTransaction;
}
