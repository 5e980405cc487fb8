import { SvelteMap } from 'svelte/reactivity';
import { shapes as ask } from '../api/client';
import type { Dialog, ShapeBar } from '../api/types';

/** Rows that are scrolled past are not asked for. */
const REST = 120;
/** As many as the server answers at once. */
const MOST = 100;

/** The shapes of the rows on screen, asked for a screenful at a time. */
export class Shapes {
  readonly #known = new SvelteMap<string, { messages: number; bars: ShapeBar[] }>();

  /** Undefined while it is not known. */
  of(dialog: Dialog): ShapeBar[] | undefined {
    return this.#known.get(dialog.key)?.bars;
  }

  /** Asks for those that are not known, or have grown, once the list rests; made to be the body of an effect. */
  want(dialogs: readonly Dialog[]): () => void {
    const stop = new AbortController();
    const timer = setTimeout(() => {
      const missing = dialogs.filter(({ key, messages }) => this.#known.get(key)?.messages !== messages).slice(0, MOST);
      if (missing.length === 0) return;
      const counts = new Map(missing.map(({ key, messages }) => [key, messages]));
      ask([...counts.keys()], stop.signal).then(
        (found) => {
          for (const { key, bars } of found) this.#known.set(key, { messages: counts.get(key) ?? 0, bars });
        },
        () => undefined, // the rows keep the shape that their summaries have
      );
    }, REST);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }
}
