import { messages as readBack, Problem } from '../api/client';
import type { Message } from '../api/types';
import { filtersOf, query } from '../filter/filters';
import { MAX_ROWS } from './traffic';

const PAGE = '500';

/** The messages of a time that is over, read page by page as they are scrolled to. */
export class Stored {
  rows = $state.raw<readonly Message[]>([]);
  loading = $state(true);
  failure = $state.raw<Problem | null>(null);
  /** Where the next page begins; null at the end. */
  next = $state<string | null>(null);

  readonly #search: string;
  readonly #stop = new AbortController();

  constructor(search: string) {
    this.#search = search;
  }

  start(): () => void {
    void this.#read(null);
    return () => this.#stop.abort();
  }

  more(): void {
    if (!this.loading && this.next !== null && this.rows.length < MAX_ROWS) void this.#read(this.next);
  }

  retry(): void {
    void this.#read(this.next);
  }

  async #read(cursor: string | null): Promise<void> {
    this.loading = true;
    try {
      const answer = await readBack(query(filtersOf(this.#search), { limit: PAGE, cursor }), this.#stop.signal);
      this.rows = [...this.rows, ...answer.messages];
      this.next = answer.next;
      this.failure = null;
    } catch (reason) {
      if (this.#stop.signal.aborted) return;
      this.failure = reason instanceof Problem ? reason : new Problem(0, 'The answer could not be read', String(reason));
    }
    this.loading = false;
  }
}
