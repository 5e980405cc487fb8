import { recent, type Told } from '../api/events';
import { Told as Heard } from '../live/told';
import { arrived, caughtUp, MAX_ROWS, QUIET, type Traffic } from '../live/traffic';

export type Line = 'connecting' | 'open' | 'lost';

const FRAME = 100;
/** Looked up when the page is opened. */
const SEED = 500;
/** A page in the background is given no frames: then what came is taken in by this many. */
const UNTAKEN = 2_000;
const WAITS = [1, 2, 4, 8, 15];

/** The stream of events of these names, or of all; what came while the line was lost follows from the node's memory. */
export class EventFeed {
  traffic = $state.raw<Traffic<Told>>(QUIET);
  line = $state<Line>('connecting');
  retryIn = $state(0);
  following = $state(true);
  /** Whether some were told that this page never got. */
  gap = $state(false);
  seeded = $state(false);

  readonly #names: string;
  readonly #stop = new AbortController();
  readonly #heard = new Heard(MAX_ROWS);
  #source: EventSource | null = null;
  #came: Told[] = [];
  #lastId = '';
  #tries = 0;

  /** @param names comma-separated; empty for all */
  constructor(names: string) {
    this.#names = names;
  }

  start(): () => void {
    const timers = [setInterval(() => this.#take(), FRAME), setInterval(() => this.#second(), 1000)];
    this.#connect();
    this.#remember();
    return () => {
      this.#stop.abort();
      this.#source?.close();
      timers.forEach(clearInterval);
    };
  }

  resume(): void {
    if (this.traffic.waited > this.traffic.waiting.length) this.gap = true;
    this.traffic = caughtUp(this.traffic);
    this.following = true;
  }

  retry(): void {
    this.#connect();
    // Who has seen nothing cannot say what came after it.
    if (this.#lastId === '') this.#remember();
  }

  noted(): void {
    this.gap = false;
  }

  #connect(): void {
    this.#source?.close();
    this.retryIn = 0;
    const search = new URLSearchParams();
    if (this.#names !== '') search.set('names', this.#names);
    if (this.#lastId !== '') search.set('lastEventId', this.#lastId);
    const source = new EventSource(`/api/events?${search}`);
    this.#source = source;
    source.addEventListener('event', ({ lastEventId, data }: MessageEvent<string>) => {
      this.#came.push({ ...(JSON.parse(data) as Told), id: lastEventId });
      if (this.#came.length >= UNTAKEN) this.#take();
    });
    source.addEventListener('gap', () => (this.gap = true));
    source.onopen = () => {
      this.line = 'open';
      this.#tries = 0;
    };
    // We try again ourselves: only so can the reader be told when.
    source.onerror = () => {
      source.close();
      this.line = 'lost';
      this.retryIn = WAITS[Math.min(this.#tries++, WAITS.length - 1)] ?? 1;
    };
  }

  #second(): void {
    if (this.line !== 'lost' || this.retryIn === 0) return;
    this.retryIn -= 1;
    if (this.retryIn === 0) this.retry();
  }

  #remember(): void {
    recent(SEED, this.#stop.signal).then(
      (told) => this.#seed(told),
      () => (this.seeded = true), // the stream tells when nobody is there
    );
  }

  #take(): void {
    const came = this.#fresh(this.#came);
    if (this.#came.length > 0) this.#lastId = this.#came.at(-1)?.id ?? this.#lastId;
    this.#came = [];
    this.traffic = arrived(this.traffic, came, this.following);
  }

  #fresh(told: Told[]): Told[] {
    return told.filter(({ id }) => this.#heard.isNew(id));
  }

  #seed(told: Told[]): void {
    const wanted = new Set(this.#names.split(','));
    const before = this.#fresh(told.map((one) => ({ ...one, id: String(one.id) })));
    const rows = before.filter(({ name }) => this.#names === '' || wanted.has(name)).reverse();
    this.traffic = { ...this.traffic, rows: [...this.traffic.rows, ...rows] };
    if (this.#lastId === '') this.#lastId = String(told.at(-1)?.id ?? '');
    this.seeded = true;
  }
}
