import { Skeleton, VisuallyHidden } from "@mantine/core";
import type { ReactNode } from "react";
import classes from "./data-table.module.css";

export interface Column<T> {
  readonly key: string;
  readonly header: string;
  /** The header is only for those who hear it. */
  readonly hidesHeader?: boolean;
  readonly cell: (item: T) => ReactNode;
  /** A CSS width; without one the column takes what is left. */
  readonly width?: string;
  readonly align?: "right";
  /** On a phone: the row's first line, its second line (the default), or nothing. */
  readonly phone?: "title" | "aside" | "hide";
}

interface Props<T> {
  readonly label: string;
  readonly columns: readonly Column<T>[];
  /** Undefined while they are being fetched: then the table's skeleton shows. */
  readonly items: readonly T[] | undefined;
  readonly itemKey: (item: T) => string;
  readonly skeletonRows?: number;
}

/** Spread on the link of a row: it then covers the row, and `j`, `k`, `enter` find it. */
export const rowLink = { className: classes.rowLink, "data-row-link": true } as const;

/** A dense table whose rows are links. On a phone each row becomes two lines. */
export function DataTable<T>({ label, columns, items, itemKey, skeletonRows = 8 }: Props<T>) {
  return (
    <table className={classes.table} aria-label={label} aria-busy={items === undefined}>
      <colgroup>
        {columns.map((column) => (
          <col key={column.key} style={column.width === undefined ? {} : { width: column.width }} />
        ))}
      </colgroup>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column.key} scope="col" data-align={column.align}>
              {column.hidesHeader ? (
                <VisuallyHidden>{column.header}</VisuallyHidden>
              ) : (
                column.header
              )}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {items === undefined
          ? Array.from({ length: skeletonRows }, (_, index) => (
              <SkeletonRow key={index} columns={columns} row={index} />
            ))
          : items.map((item) => (
              <tr key={itemKey(item)}>
                {columns.map((column) => (
                  <td
                    key={column.key}
                    data-align={column.align}
                    data-phone={column.phone ?? "aside"}
                  >
                    {column.cell(item)}
                  </td>
                ))}
              </tr>
            ))}
      </tbody>
    </table>
  );
}

/** Widths differ from row to row, as those of words do. */
const WIDTHS = ["72%", "54%", "64%", "46%", "58%"];

function SkeletonRow<T>({ columns, row }: { columns: readonly Column<T>[]; row: number }) {
  return (
    <tr aria-hidden>
      {columns.map((column, index) => (
        <td key={column.key} data-align={column.align} data-phone={column.phone ?? "aside"}>
          <Skeleton
            height={10}
            radius="sm"
            width={WIDTHS[(row + index * 2) % WIDTHS.length]}
            display="inline-block"
          />
        </td>
      ))}
    </tr>
  );
}
