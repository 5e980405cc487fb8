import type { Arrow, Column } from '../api/types';
import { isPrivate, name, tone, type Tone } from '../wire/name';
import { between } from '../wire/time';

/** All lengths are CSS pixels; `y` runs from the top of the header. */
export const GEOMETRY = {
  gutter: 88,
  firstLane: 150,
  rightMargin: 70,
  pitch: { usual: 178, least: 132, most: 240 },
  header: 56,
  row: 28,
  gap: 15,
  tail: 24,
  /** An arrow stops this short of its lane. */
  stop: 0.5,
  head: 8,
  bracket: { width: 28, height: 14 },
  /** Labels stand this high above their arrow. */
  labelRise: 5,
} as const;

/** Silence that is worth a mark, in milliseconds. */
const SILENCE = 500;
const SILENCE_BEFORE_RETRANSMISSION = 300;

/** Mean width of a character of a 12 px label; long reasons are cut to their lane. */
const LABEL_CHARACTER = 6.6;

export interface Lane {
  x: number;
  name: string;
  address: string;
  /** False when nothing it sent was ever seen. */
  observed: boolean;
}

export interface ArrowRow {
  kind: 'arrow';
  y: number;
  /** The first message of the row. */
  seq: number;
  /** All messages of the row, in order: more than one where retransmissions are folded. */
  members: number[];
  /** For one of several like retransmissions, the first of them: what names the fold, open or not. */
  fold: number | null;
  /** Seconds from the first message, three decimals. */
  time: string;
  /** From lane to lane; the same lane twice is a loop, drawn as a bracket. */
  from: number;
  to: number;
  x1: number;
  x2: number;
  loop: boolean;
  label: string;
  /** What stands behind the label, in lighter type: `SDP`, `×10`. */
  note: string;
  labelX: number;
  tone: Tone;
  dashed: boolean;
  /** Seen leaving, never arriving. */
  undelivered: boolean;
  /** The row as a sentence. */
  sentence: string;
}

export interface GapRow {
  kind: 'gap';
  /** The arrow above the silence. */
  y: number;
  text: string;
}

export type Row = ArrowRow | GapRow;

export interface Layout {
  width: number;
  height: number;
  pitch: number;
  lanes: Lane[];
  rows: Row[];
}

/** Places every lane and row of a ladder. `unfolded` holds first sequence numbers of rows that were opened. */
export function layout(
  ladder: { columns: Column[]; arrows: Arrow[] },
  width: number,
  unfolded: ReadonlySet<number> = new Set(),
): Layout {
  const { columns, arrows } = ladder;
  const pitch = pitchOf(columns.length, width);
  const senders = new Set(arrows.map((arrow) => arrow.from));
  const lanes = columns.map((column, index) => lane(column, index, pitch, senders.has(index)));
  const lost = undelivered(arrows, senders);
  const first = arrows[0]?.time ?? '';
  const rows: Row[] = [];
  let y: number = GEOMETRY.header;
  let before: Arrow | null = null;

  for (const group of groups(arrows, unfolded)) {
    const arrow = group.arrows[0];
    const silence = before ? between(before.time, arrow.time) : 0;
    if (silence >= (arrow.retransmission ? SILENCE_BEFORE_RETRANSMISSION : SILENCE)) {
      rows.push({ kind: 'gap', y, text: silenceText(silence) });
      y += GEOMETRY.gap;
    }
    y += GEOMETRY.row;
    rows.push(arrowRow(group, { y, first, pitch, lanes, lost }));
    before = arrow;
  }

  const right = lanes.length > 0 ? (lanes[lanes.length - 1] as Lane).x : GEOMETRY.firstLane;
  return {
    width: right + GEOMETRY.rightMargin,
    height: y + GEOMETRY.tail,
    pitch,
    lanes,
    rows,
  };
}

/** The rows between two heights, with some more on either side; by bisection, as ladders may be long. */
export function visible(rows: Row[], top: number, bottom: number, margin = 20): Row[] {
  const from = firstBelow(rows, top);
  const to = firstBelow(rows, bottom);
  return rows.slice(Math.max(0, from - margin), to + margin);
}

function firstBelow(rows: Row[], y: number): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((rows[middle] as Row).y < y) low = middle + 1;
    else high = middle;
  }
  return low;
}

function pitchOf(columns: number, width: number): number {
  if (columns < 2) return GEOMETRY.pitch.usual;
  const { least, most } = GEOMETRY.pitch;
  const room = (width - GEOMETRY.firstLane - GEOMETRY.rightMargin) / (columns - 1);
  return Math.max(least, Math.min(most, Math.floor(room)));
}

function lane(column: Column, index: number, pitch: number, observed: boolean): Lane {
  const named = column.name && column.name !== column.address ? column.name : '';
  return {
    x: GEOMETRY.firstLane + index * pitch,
    name: named || (observed ? '' : 'Not observed'),
    address: column.address,
    observed,
  };
}

interface Group {
  fold: number | null;
  arrows: [Arrow, ...Arrow[]];
}

/** Runs of retransmissions become one group for each of their messages; everything else stands alone. */
function groups(arrows: Arrow[], unfolded: ReadonlySet<number>): Group[] {
  const all: Group[] = [];
  let run = new Map<string, Group>();
  for (const arrow of arrows) {
    const group: Group = { fold: null, arrows: [arrow] };
    if (!arrow.retransmission) {
      run = new Map();
      all.push(group);
      continue;
    }
    const like = run.get(identity(arrow));
    if (!like) {
      run.set(identity(arrow), group);
      all.push(group);
      continue;
    }
    like.fold = like.arrows[0].seq;
    if (unfolded.has(like.fold)) all.push({ ...group, fold: like.fold });
    else like.arrows.push(arrow);
  }
  return all;
}

function identity(arrow: Arrow): string {
  return [arrow.from, arrow.to, arrow.method, arrow.status, arrow.cseq, arrow.cseqMethod, arrow.toTag].join(' ');
}

/**
 * Requests sent to an endpoint that never sends anything, with no response to their sender. An ACK has no reply, so
 * its loss is only told by the answer that keeps coming after it.
 */
function undelivered(arrows: Arrow[], senders: ReadonlySet<number>): ReadonlySet<number> {
  const answered = new Set<string>();
  const lastRepeatedFinal = new Map<number | null, number>();
  arrows.forEach((arrow, index) => {
    if (arrow.status === null) return;
    answered.add(transaction(arrow));
    if (arrow.status >= 200 && arrow.retransmission) lastRepeatedFinal.set(arrow.cseq, index);
  });
  const lost = new Set<number>();
  const lostKinds = new Set<string>();
  arrows.forEach((arrow, index) => {
    if (arrow.status !== null || arrow.from === arrow.to || senders.has(arrow.to)) return;
    const unanswered =
      arrow.method === 'ACK'
        ? (lastRepeatedFinal.get(arrow.cseq) ?? -1) > index
        : !answered.has(transaction(arrow));
    const copyOfLost = arrow.retransmission && lostKinds.has(identity(arrow));
    if (!unanswered && !copyOfLost) return;
    lost.add(arrow.seq);
    lostKinds.add(identity(arrow));
  });
  return lost;
}

function transaction(arrow: Arrow): string {
  return `${arrow.branch} ${arrow.cseq} ${arrow.cseqMethod}`;
}

interface Place {
  y: number;
  first: string;
  pitch: number;
  lanes: Lane[];
  lost: ReadonlySet<number>;
}

function arrowRow(group: Group, place: Place): ArrowRow {
  const arrow = group.arrows[0];
  const loop = arrow.from === arrow.to;
  const direction = arrow.to < arrow.from ? -1 : 1;
  const start = laneX(place, arrow.from);
  const end = laneX(place, arrow.to);
  const seconds = (between(place.first, arrow.time) / 1000).toFixed(3);
  const lost = place.lost.has(arrow.seq);
  const note = noteOf(group.arrows.length, arrow, lost);
  const room = place.pitch - 24 - (note ? note.length * 6 + 6 : 0);
  return {
    kind: 'arrow',
    y: place.y,
    seq: arrow.seq,
    members: group.arrows.map((member) => member.seq),
    fold: group.fold,
    time: seconds,
    from: arrow.from,
    to: arrow.to,
    x1: start,
    x2: loop ? start : end - direction * GEOMETRY.stop,
    loop,
    label: cut(name(arrow), Math.floor(room / LABEL_CHARACTER)),
    note,
    // Beside its own first lane, where a long arrow crosses no other lane's line.
    labelX: loop ? start + GEOMETRY.bracket.width + 8 : start + (direction * place.pitch) / 2,
    tone: tone(arrow),
    dashed: arrow.retransmission || lost,
    undelivered: lost,
    sentence: sentence(`${seconds} ${name(arrow)}${note ? ` ${note}` : ''}`, arrow, place.lanes, lost),
  };
}

function laneX(place: Place, column: number): number {
  return place.lanes[column]?.x ?? GEOMETRY.firstLane;
}

function noteOf(copies: number, arrow: Arrow, lost: boolean): string {
  if (copies > 1) return `×${copies}`;
  if (arrow.retransmission) return 'repeated';
  if (lost && isPrivate(arrow.destination)) return 'to private address';
  if (lost) return arrow.method === 'ACK' ? 'not seen arriving' : 'unanswered';
  return arrow.sdp ? 'SDP' : '';
}

/** Begins with what is seen, so that who speaks to the page can say it (WCAG 2.5.3). */
function sentence(seen: string, arrow: Arrow, lanes: Lane[], lost: boolean): string {
  const called = (column: number) => lanes[column]?.name || lanes[column]?.address || 'an unknown endpoint';
  const way =
    arrow.from === arrow.to ? `within ${called(arrow.from)}` : `from ${called(arrow.from)} to ${called(arrow.to)}`;
  return `${seen} ${way}${arrow.retransmission ? ', retransmitted' : ''}${lost ? ', not seen arriving' : ''}`;
}

function silenceText(millis: number): string {
  const seconds = millis / 1000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 120) return `${Math.round(seconds)} s`;
  return seconds < 7200 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`;
}

function cut(text: string, characters: number): string {
  return text.length <= characters ? text : `${text.slice(0, Math.max(1, characters - 1))}…`;
}
