import type { ReactNode } from "react";
import { type Column, DataTable } from "./data-table.tsx";
import classes from "./list-body.module.css";
import { LoadMore, type Paging } from "./load-more.tsx";
import { ProblemNotice } from "./problem-notice.tsx";

/** What a list needs of an infinite query. */
export interface PagedQuery<T> extends Paging {
  readonly data: { readonly pages: readonly { readonly items: readonly T[] }[] } | undefined;
  readonly error: unknown;
  readonly refetch: () => unknown;
}

interface Props<T> {
  readonly label: string;
  readonly query: PagedQuery<T>;
  readonly columns: readonly Column<T>[];
  readonly itemKey: (item: T) => string;
  readonly empty: ReactNode;
}

/** All items fetched so far, or undefined while there is no answer. */
export function itemsOf<T>(query: Pick<PagedQuery<T>, "data">): readonly T[] | undefined {
  return query.data?.pages.flatMap((page) => page.items);
}

/** A paged list in all its states: skeleton, error, empty, rows, more of them. */
export function ListBody<T>({ label, query, columns, itemKey, empty }: Props<T>) {
  const items = itemsOf(query);
  if (items === undefined && query.error) {
    return <ProblemNotice error={query.error} during="read" onRetry={() => query.refetch()} />;
  }
  if (items?.length === 0) return empty;
  return (
    <div>
      <DataTable label={label} columns={columns} items={items} itemKey={itemKey} />
      {items !== undefined && (
        <div className={classes.foot}>
          <span className="faint num">
            {query.hasNextPage ? `${items.length} shown` : `${items.length} in all`}
          </span>
          <LoadMore query={query} />
        </div>
      )}
      {items !== undefined && query.error !== null && query.error !== undefined && (
        <ProblemNotice error={query.error} during="read" onRetry={() => query.refetch()} />
      )}
    </div>
  );
}
