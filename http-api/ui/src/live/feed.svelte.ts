import { messages as readBack } from '../api/client';
import type { Message } from '../api/types';
import { filtersOf, merged, query } from '../filter/filters';
import { count, tick } from './rate';
import { arrived, caughtUp, missing, QUIET, type Traffic } from './traffic';

export type Line = 'connecting' | 'open' | 'lost';

/** The table moves at most this often, however fast messages come. */
const FRAME = 100;
const SEED = '200';
const GAP_LIMIT = '1000';
/** Packet time may lie this far before the time of storing. */
const CLOCK_SLACK = 60_000;
const WAITS = [1, 2, 4, 8, 15];

/** The stream of what is stored, for one search, with its broken lines mended. */
export class Feed {
  traffic = $state.raw<Traffic>(QUIET);
  counts = $state.raw<number[]>([]);
  line = $state<Line>('connecting');
  /** Seconds until the next try, while the line is lost. */
  retryIn = $state(0);
  following = $state(true);

  readonly #search: string;
  readonly #stop = new AbortController();
  #source: EventSource | null = null;
  #arrived: Message[] = [];
  #lastId = '';
  #lastReceived: string | null = null;
  #tries = 0;
  #timers: ReturnType<typeof setInterval>[] = [];

  constructor(search: string) {
    this.#search = search;
  }

  start(): () => void {
    this.#timers = [setInterval(() => this.#show(), FRAME), setInterval(() => this.#second(), 1000)];
    this.#fill(query(filtersOf(this.#search), { limit: SEED }), () => true);
    this.#connect();
    return () => {
      this.#stop.abort();
      this.#source?.close();
      this.#timers.forEach(clearInterval);
    };
  }

  /** Shows what waited and follows the newest again. */
  resume(): void {
    this.traffic = caughtUp(this.traffic);
    this.following = true;
  }

  retry(): void {
    this.#connect();
  }

  #connect(): void {
    this.#source?.close();
    this.line = this.line === 'lost' ? 'lost' : 'connecting';
    this.retryIn = 0;
    const search = query(filtersOf(this.#search), { lastEventId: this.#lastId });
    const source = new EventSource(`/api/live${search}`);
    this.#source = source;
    source.addEventListener('sip:traffic', (event: MessageEvent<string>) => {
      this.#lastId = event.lastEventId;
      this.#arrived.push(JSON.parse(event.data) as Message);
    });
    // The server remembers the last messages for those who come back. Where that is not enough, it says so.
    source.addEventListener('sip:gap', () => this.#fillGap());
    source.onopen = () => {
      this.line = 'open';
      this.#tries = 0;
    };
    // We try again ourselves: only so can the reader be told when, and a refusal is tried again too.
    source.onerror = () => {
      source.close();
      this.line = 'lost';
      this.retryIn = WAITS[Math.min(this.#tries++, WAITS.length - 1)] ?? 1;
    };
  }

  #show(): void {
    const batch = this.#arrived;
    if (batch.length === 0) return;
    this.#arrived = [];
    this.#lastReceived = batch.at(-1)?.receivedAt ?? this.#lastReceived;
    this.counts = count(this.counts, batch.length);
    this.traffic = arrived(this.traffic, batch, this.following);
  }

  #second(): void {
    this.counts = tick(this.counts);
    if (this.line !== 'lost' || this.retryIn === 0) return;
    this.retryIn -= 1;
    if (this.retryIn === 0) this.#connect();
  }

  /** What was stored and not sent: the line was lost for long, or this page was too slow. */
  #fillGap(): void {
    const last = this.#lastReceived;
    if (last === null) return;
    const since = new Date(Date.parse(last) - CLOCK_SLACK).toISOString();
    const filters = merged(filtersOf(this.#search), [{ name: 'start', value: since }]);
    this.#fill(query(filters, { limit: GAP_LIMIT }), (message) => message.receivedAt > last);
  }

  #fill(search: string, wanted: (message: Message) => boolean): void {
    readBack(search, this.#stop.signal).then(
      ({ messages }) => {
        const batch = missing(this.traffic, messages.filter(wanted));
        this.traffic = arrived(this.traffic, batch, this.following);
        this.#lastReceived ??= messages[0]?.receivedAt ?? null;
      },
      () => undefined, // the stream itself tells that the server is not there
    );
  }
}
