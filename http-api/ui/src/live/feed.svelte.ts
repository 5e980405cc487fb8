import { messages as readBack, Problem } from '../api/client';
import type { LiveRate, Message } from '../api/types';
import { filtersOf, merged, query } from '../filter/filters';
import { count, MOST, tick } from './rate';
import { Told } from './told';
import { arrived, below, caughtUp, identity, MAX_ROWS, mended, missing, QUIET, type Traffic } from './traffic';

export type Line = 'connecting' | 'open' | 'lost' | 'refused';

/** The table moves at most this often, however fast messages come. */
const FRAME = 100;
/** A page in the background is given no frames: then what came is taken in by this many. */
const UNTAKEN = 2_000;
const SEED = '200';
/** What is read back after a gap: so many pages of so many messages, as many as are kept. */
const GAP_PAGE = 1_000;
const GAP_PAGES = MAX_ROWS / GAP_PAGE;
/** Packet time may lie this far before the time of storing. */
const CLOCK_SLACK = 60_000;
/** Messages of different dialogs are stored by this much out of the order of their receipt. */
const REORDERED = 2_000;
/** What was stored before is looked up once the stream is open, so that nothing falls between, or after this. */
const SEED_WAIT = 400;
const WAITS = [1, 2, 4, 8, 15];

interface Came {
  id: string;
  data: string;
}

/** The stream of what is stored, for one search, with its broken lines mended. */
export class Feed {
  traffic = $state.raw<Traffic>(QUIET);
  counts = $state.raw<number[]>([]);
  line = $state<Line>('connecting');
  /** Seconds until the next try, while the line is lost. */
  retryIn = $state(0);
  following = $state(true);
  /** What share of the traffic this is; null until the server has said. */
  rate = $state.raw<LiveRate | null>(null);
  /** Messages that were stored and could not be read back: a number, or null for nobody knows how many. */
  lost = $state<number | null>(0);
  /** Why the server refuses these filters. */
  refused = $state.raw<Problem | null>(null);
  /** Whether what was stored before has been looked up. */
  seeded = $state(false);

  readonly #search: string;
  readonly #stop = new AbortController();
  #source: EventSource | null = null;
  #came: Came[] = [];
  readonly #told = new Told(MAX_ROWS);
  #frame = 0;
  #lastId = '';
  #lastReceived: string | null = null;
  #tries = 0;
  #isSeeding = false;
  #timers: ReturnType<typeof setInterval>[] = [];

  constructor(search: string) {
    this.#search = search;
  }

  start(): () => void {
    const show = () => {
      if (this.#came.length > 0) this.#frame ||= requestAnimationFrame(() => this.#take());
    };
    this.#timers = [setInterval(show, FRAME), setInterval(() => this.#second(), 1000)];
    this.#connect();
    const wait = setTimeout(() => this.#seed(), SEED_WAIT);
    return () => {
      this.#stop.abort();
      this.#source?.close();
      this.#timers.forEach(clearInterval);
      clearTimeout(wait);
      cancelAnimationFrame(this.#frame);
    };
  }

  /** Shows what waited and follows the newest again. */
  resume(): void {
    const dropped = this.traffic.waited - this.traffic.waiting.length;
    if (dropped > 0 && this.lost !== null) this.lost += dropped;
    this.traffic = caughtUp(this.traffic);
    this.following = true;
  }

  retry(): void {
    this.#connect();
  }

  /** The reader has seen what is lost. */
  noted(): void {
    this.lost = 0;
  }

  #connect(): void {
    this.#source?.close();
    this.line = this.line === 'lost' ? 'lost' : 'connecting';
    this.retryIn = 0;
    const rest = { rate: String(MOST), lastEventId: this.#lastId };
    const source = new EventSource(`/api/live${query(filtersOf(this.#search), rest)}`);
    this.#source = source;
    source.addEventListener('sip:traffic', ({ lastEventId, data }: MessageEvent<string>) => {
      this.#came.push({ id: lastEventId, data });
      if (this.#came.length >= UNTAKEN) this.#take();
    });
    source.addEventListener('sip:rate', ({ data }: MessageEvent<string>) => {
      this.rate = JSON.parse(data) as LiveRate;
    });
    // The server remembers the last messages for those who come back. Where that is not enough, it says so.
    source.addEventListener('sip:gap', ({ data }: MessageEvent<string>) => {
      this.#take();
      void this.#mend((JSON.parse(data) as { count: number | null }).count);
    });
    source.onopen = () => {
      // Who never heard of a message has none to resume from.
      if (this.line === 'lost' && this.#lastId === '') void this.#mend(0);
      this.line = 'open';
      this.#tries = 0;
      this.#seed();
    };
    // We try again ourselves: only so can the reader be told when, and a refusal is tried again too.
    source.onerror = () => {
      source.close();
      if (this.line === 'refused') return;
      this.line = 'lost';
      this.retryIn = WAITS[Math.min(this.#tries++, WAITS.length - 1)] ?? 1;
      this.#seed();
    };
  }

  /** Takes in what has come since the last frame. */
  #take(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    // What was read back may come by the stream too, and who comes back may be told again of what it was told.
    const came = this.#came.filter(({ id }) => this.#told.isNew(id));
    this.#came = [];
    if (came.length === 0) return;
    const batch = came.map(({ data }) => JSON.parse(data) as Message);
    this.#lastId = came.at(-1)?.id ?? this.#lastId;
    this.#lastReceived = batch.at(-1)?.receivedAt ?? this.#lastReceived;
    this.counts = count(this.counts, batch.length);
    this.traffic = arrived(this.traffic, batch, this.following);
  }

  #know(messages: readonly Message[]): void {
    for (const message of messages) this.#told.isNew(identity(message));
  }

  #second(): void {
    this.counts = tick(this.counts);
    if (this.line !== 'lost' || this.retryIn === 0) return;
    this.retryIn -= 1;
    if (this.retryIn === 0) this.#connect();
  }

  #seed(): void {
    if (this.#isSeeding) return;
    this.#isSeeding = true;
    readBack(query(filtersOf(this.#search), { limit: SEED }), this.#stop.signal).then(
      ({ messages }) => {
        this.#know(messages);
        this.traffic = below(this.traffic, messages);
        this.#lastReceived ??= messages[0]?.receivedAt ?? null;
        this.seeded = true;
      },
      (reason: unknown) => {
        if (this.#stop.signal.aborted) return;
        this.seeded = true;
        if (!(reason instanceof Problem) || reason.status !== 400) return; // the stream tells when nobody is there
        this.refused = reason;
        this.line = 'refused';
        this.#source?.close();
      },
    );
  }

  /** What was stored and not sent: the line was lost for long, or this page was too slow. A sample is not filled up. */
  async #mend(count: number | null): Promise<void> {
    const last = this.#lastReceived;
    if (last === null) return;
    const isSample = this.rate !== null && this.rate.share < 1;
    const found = isSample ? null : await this.#stored(last);
    if (this.#stop.signal.aborted) return;
    const fresh = missing(this.traffic, found?.messages ?? []);
    this.#know(fresh);
    this.traffic = mended(this.traffic, fresh, last, this.following);
    if (found?.whole || this.lost === null) return;
    this.lost = count === null ? null : this.lost + Math.max(0, count - fresh.length);
  }

  /** Messages received after one, newest first; not whole where there are more than are kept, or nobody answers. */
  async #stored(last: string): Promise<{ messages: Message[]; whole: boolean }> {
    const since = new Date(Date.parse(last) - CLOCK_SLACK).toISOString();
    const filters = merged(filtersOf(this.#search), [{ name: 'start', value: since }]);
    const from = new Date(Date.parse(last) - REORDERED).toISOString();
    const found: Message[] = [];
    let cursor: string | null = null;
    try {
      for (let page = 0; page < GAP_PAGES; page++) {
        const answer = await readBack(query(filters, { limit: String(GAP_PAGE), cursor }), this.#stop.signal);
        found.push(...answer.messages.filter((message) => message.receivedAt > from));
        cursor = answer.next;
        if (cursor === null) return { messages: found, whole: true };
      }
    } catch {
      return { messages: found, whole: false }; // the reader is told that some are missing
    }
    return { messages: found, whole: false };
  }
}
