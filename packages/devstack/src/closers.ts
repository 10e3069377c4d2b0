/** Things to close later, the last opened first. One that fails does not keep the others open. */
export interface Closers {
  add(close: () => Promise<void>): void;
  /** Closes all, once. @throws AggregateError with what failed */
  closeAll(): Promise<void>;
}

/** An empty list of things to close. */
export function createClosers(): Closers {
  const open: (() => Promise<void>)[] = [];
  return {
    add: (close) => void open.push(close),
    closeAll: async () => {
      const failures: unknown[] = [];
      for (let close = open.pop(); close !== undefined; close = open.pop()) {
        await close().catch((error: unknown) => failures.push(error));
      }
      if (failures.length > 0)
        throw new AggregateError(failures, "not everything could be stopped");
    },
  };
}
