import { ladder as fetchLadder, legs as fetchLegs, Problem, rawMessages } from '../api/client';
import type { Ladder, Legs, RawMessage } from '../api/types';
import { idOf } from './geometry';

/** What the server knows of a call, as far as it has answered. */
export class Call {
  /** As it is known now, and as it was known at the moment that was asked for. */
  whole = $state.raw<Ladder | null>(null);
  ladder = $state.raw<Ladder | null>(null);
  failure = $state.raw<Problem | null>(null);
  /** The other legs of the call; null where none are known. */
  legs = $state.raw<Legs | null>(null);
  rawFailure = $state.raw<Problem | null>(null);
  #raw = $state.raw<ReadonlyMap<string, RawMessage>>(new Map());

  /** Reads the ladder of a dialog with others; the answer stops what has not come yet. */
  readLadder(key: string, at: string | null, others: string[]): () => void {
    const stop = new AbortController();
    const now = fetchLadder(key, null, others, stop.signal);
    now.then((answer) => (this.whole = answer), failing(stop, () => {}));
    (at === null ? now : fetchLadder(key, at, others, stop.signal)).then(
      (answer) => {
        this.failure = null;
        this.ladder = answer;
      },
      failing(stop, (problem) => (this.failure = problem)),
    );
    return () => stop.abort();
  }

  /** Reads the bytes of the messages of each of the ladder's dialogs. */
  readMessages(keys: string[]): () => void {
    const stop = new AbortController();
    Promise.all(keys.map((key) => rawMessages(key, stop.signal))).then(
      (dialogs) => {
        this.rawFailure = null;
        this.#raw = new Map(
          dialogs.flatMap((messages, leg) => messages.map((each) => [idOf({ leg, seq: each.seq }), each] as const)),
        );
      },
      failing(stop, (problem) => (this.rawFailure = problem)),
    );
    return () => stop.abort();
  }

  /** That the other legs cannot be told leaves the dialog as it is. */
  readLegs(key: string): () => void {
    const stop = new AbortController();
    fetchLegs(key, stop.signal).then(
      (answer) => (this.legs = answer),
      failing(stop, () => (this.legs = null)),
    );
    return () => stop.abort();
  }

  raw(id: string | null): RawMessage | null {
    return id === null ? null : (this.#raw.get(id) ?? null);
  }
}

function failing(stop: AbortController, tell: (problem: Problem) => void): (reason: unknown) => void {
  return (reason) => {
    if (stop.signal.aborted) return;
    tell(reason instanceof Problem ? reason : new Problem(0, 'The answer could not be read', String(reason)));
  };
}
