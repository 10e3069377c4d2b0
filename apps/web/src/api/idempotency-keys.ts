/**
 * One key for each thing a person means to do. A second try of the same mutation with the same input, after an answer
 * that left the outcome open (no answer, 5xx), carries the first one's key, so that nothing is done twice.
 */
export class IdempotencyKeys {
  readonly #open = new Map<string, string>();
  readonly #newKey: () => string;

  /** @param newKey makes a fresh key: a UUID in the console */
  constructor(newKey: () => string) {
    this.#newKey = newKey;
  }

  /** The key to send with this call. */
  keyFor(path: string, input: unknown): string {
    const call = callOf(path, input);
    const key = this.#open.get(call) ?? this.#newKey();
    this.#open.set(call, key);
    return key;
  }

  /** The server has answered for good: the next such call is a new one. */
  settled(path: string, input: unknown): void {
    this.#open.delete(callOf(path, input));
  }
}

function callOf(path: string, input: unknown): string {
  return `${path} ${JSON.stringify(input)}`;
}

/** Whether an answer says for certain if the mutation was done. `status` is undefined when no answer came. */
export function isFinal(status: number | undefined): boolean {
  return status !== undefined && status < 500;
}
