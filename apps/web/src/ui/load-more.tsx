import { Button } from "@mantine/core";

/** What there is to know of the next page of an infinite query. */
export interface Paging {
  readonly hasNextPage: boolean;
  readonly isFetchingNextPage: boolean;
  readonly fetchNextPage: () => unknown;
}

/** Fetches the next page of a list, while there is one. */
export function LoadMore({ query }: { readonly query: Paging }) {
  if (!query.hasNextPage) return null;
  return (
    <Button
      variant="default"
      loading={query.isFetchingNextPage}
      onClick={() => query.fetchNextPage()}
    >
      Load more
    </Button>
  );
}
