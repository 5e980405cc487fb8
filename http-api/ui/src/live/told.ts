/** Which of the last so many messages have been told. */
export class Told {
  readonly #most: number;
  readonly #ids = new Set<string>();

  constructor(most: number) {
    this.#most = most;
  }

  /** Remembers it, and answers whether it had not been told. */
  isNew(id: string): boolean {
    if (this.#ids.has(id)) return false;
    this.#ids.add(id);
    if (this.#ids.size > this.#most) {
      const [oldest] = this.#ids; // a set keeps the order in which it was filled
      if (oldest !== undefined) this.#ids.delete(oldest);
    }
    return true;
  }
}
