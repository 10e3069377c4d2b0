/** What Escape closes: of everything that is open, what was opened last. */
export class EscapeStack {
  readonly #open: (() => void)[] = [];

  /** @returns what takes it away again */
  push(close: () => void): () => void {
    this.#open.push(close);
    return () => {
      const at = this.#open.lastIndexOf(close);
      if (at >= 0) this.#open.splice(at, 1);
    };
  }

  escape(): void {
    this.#open.at(-1)?.();
  }
}
