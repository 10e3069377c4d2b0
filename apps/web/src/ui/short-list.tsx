import { Skeleton } from "@mantine/core";
import type { ReactNode } from "react";
import { ItemLines } from "./item-lines.tsx";
import { itemsOf, type PagedQuery } from "./list-body.tsx";
import { LoadMore } from "./load-more.tsx";
import { ProblemNotice } from "./problem-notice.tsx";

interface Props<T> {
  readonly label: string;
  readonly query: PagedQuery<T>;
  readonly empty: ReactNode;
  /** What a line shows. */
  readonly children: (item: T) => ReactNode;
}

/** A paged list inside a row or a panel, in all its states: lines without a head. */
export function ShortList<T extends { readonly id: string }>({
  label,
  query,
  empty,
  children,
}: Props<T>) {
  const items = itemsOf(query);
  if (items === undefined) {
    if (query.error) {
      return <ProblemNotice error={query.error} during="read" onRetry={() => query.refetch()} />;
    }
    return <Skeleton height={44} />;
  }
  if (items.length === 0) return <div className="dim">{empty}</div>;
  return (
    <>
      <ItemLines label={label} items={items}>
        {children}
      </ItemLines>
      <LoadMore query={query} />
    </>
  );
}
