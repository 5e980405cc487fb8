import { dialogs as search, Problem } from '../api/client';
import type { Dialog } from '../api/types';

/** More rows are not kept: a search that finds so many wants a filter. */
export const MAX_ROWS = 20_000;

/** The dialogs of one search, read page by page as they are scrolled to. */
export class Found {
  rows = $state.raw<readonly Dialog[]>([]);
  /** Before the first answer nothing is known. */
  known = $state(false);
  loading = $state(true);
  failure = $state.raw<Problem | null>(null);
  /** Where the next page begins; null at the end. */
  next = $state<string | null>(null);

  readonly #address: (cursor: string | null) => string;
  readonly #stop = new AbortController();

  /** @param address the query of the page that begins at a cursor */
  constructor(address: (cursor: string | null) => string) {
    this.#address = address;
  }

  start(first: (found: Found) => void): () => void {
    void this.#read(null).then(() => {
      if (!this.#stop.signal.aborted && this.known && this.failure === null) first(this);
    });
    return () => this.#stop.abort();
  }

  more(): void {
    if (this.loading || this.failure !== null || this.next === null || this.rows.length >= MAX_ROWS) return;
    void this.#read(this.next);
  }

  async #read(cursor: string | null): Promise<void> {
    this.loading = true;
    try {
      const answer = await search(this.#address(cursor), this.#stop.signal);
      const known = new Set(this.rows.map(({ key }) => key));
      this.rows = [...this.rows, ...answer.dialogs.filter(({ key }) => !known.has(key))];
      this.next = answer.next;
      this.failure = null;
      this.known = true;
    } catch (reason) {
      if (this.#stop.signal.aborted) return;
      this.failure = reason instanceof Problem ? reason : new Problem(0, 'The answer could not be read', String(reason));
    }
    this.loading = false;
  }
}
