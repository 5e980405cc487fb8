import { Problem } from '../api/client';

const WAITS = [1, 2, 4, 8, 15];
const SECOND = 1000;

/** Something asked of the server again and again, with what became of the last try. */
export class Polled<T> {
  /** The last answer; null before there is one. */
  value = $state.raw<T | null>(null);
  /** Why the last try failed; null when it did not. */
  failure = $state.raw<Problem | null>(null);
  /** Seconds until the next try, while the server is not reached. */
  retryIn = $state(0);

  readonly #ask: (signal: AbortSignal) => Promise<T>;
  readonly #every: number;
  #stop = new AbortController();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #tries = 0;

  /** @param every milliseconds from an answer to the next question */
  constructor(ask: (signal: AbortSignal) => Promise<T>, every: number) {
    this.#ask = ask;
    this.#every = every;
  }

  /** Asks until the answer is called; made to be the body of an effect, which asks anew when what it reads changes. */
  start(): () => void {
    this.again();
    const shown = () => {
      if (!document.hidden) this.again();
    };
    document.addEventListener('visibilitychange', shown);
    return () => {
      document.removeEventListener('visibilitychange', shown);
      this.#halt();
    };
  }

  /** Asks now. */
  again(): void {
    this.#halt();
    const stop = new AbortController();
    this.#stop = stop;
    this.#ask(stop.signal).then(
      (answer) => {
        if (stop.signal.aborted) return;
        this.value = answer;
        this.failure = null;
        this.retryIn = 0;
        this.#tries = 0;
        this.#timer = setTimeout(() => !document.hidden && this.again(), this.#every);
      },
      (reason: unknown) => {
        if (stop.signal.aborted) return;
        this.failure =
          reason instanceof Problem ? reason : new Problem(0, 'The answer could not be read', String(reason));
        this.retryIn = WAITS[Math.min(this.#tries++, WAITS.length - 1)] ?? 1;
        this.#timer = setTimeout(() => this.#second(), SECOND);
      },
    );
  }

  #second(): void {
    this.retryIn -= 1;
    if (this.retryIn <= 0) this.again();
    else this.#timer = setTimeout(() => this.#second(), SECOND);
  }

  #halt(): void {
    this.#stop.abort();
    clearTimeout(this.#timer);
  }
}
