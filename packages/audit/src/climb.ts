/** The way up from a leaf: RFC 9162's (§2.1.3.2) `fn` and `sn`, the leaf's index and the last index of each level. */
export class Climb {
  #index: number;
  #last: number;

  constructor(index: number, last: number) {
    this.#index = index;
    this.#last = last;
  }

  get atTop(): boolean {
    return this.#last === 0;
  }

  /** Everything skipped so far was one complete subtree that begins with leaf 0. */
  get atSubtree(): boolean {
    return this.#index === 0;
  }

  /** On which side the next sibling stands; undefined when there is none. */
  next(): "left" | "right" | undefined {
    if (this.atTop) return undefined;
    if (this.#index % 2 === 0 && this.#index !== this.#last) {
      this.#up();
      return "right";
    }
    // A last node without a right sibling moves up unhashed.
    while (this.#index % 2 === 0 && this.#index !== 0) this.#up();
    this.#up();
    return "left";
  }

  skipRightEdges(): void {
    while (this.#index % 2 === 1) this.#up();
  }

  #up(): void {
    this.#index = Math.floor(this.#index / 2);
    this.#last = Math.floor(this.#last / 2);
  }
}
