import type { Arrow, Column } from '../api/types';
import type { Tone } from '../wire/name';

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
  /** Where times end: those of the clock are longer. */
  timeEnd: 74,
  clockEnd: 97,
  /** Where the label of a leg begins, between the times and the first lane. */
  leg: 106,
  /** From an arrow up to the top of its row's band, and the band's height. */
  band: { rise: 19, height: 27 },
} as const;

export interface Lane {
  x: number;
  name: string;
  address: string;
  /** The same, cut to what there is room for above the lane. */
  head: { name: string; address: string };
  /** What else it was seen as. */
  others: string[];
  /** False when nothing it sent was ever seen. */
  observed: boolean;
}

export interface ArrowRow {
  kind: 'arrow';
  y: number;
  /** Names the row's first message among all of the ladder, see `idOf`. */
  id: string;
  /** The messages of the row, in order: more than one where retransmissions are folded. */
  members: string[];
  /** For one of several like retransmissions, the first of them: what names the fold, open or not. */
  fold: string | null;
  /** As the chosen way of telling time has it. */
  time: string;
  /** From lane to lane; the same lane twice is a loop, drawn as a bracket. */
  from: number;
  to: number;
  x1: number;
  x2: number;
  loop: boolean;
  label: string;
  /** What stands behind the label, in lighter type: `SDP PCMA`, `×10`. */
  note: string;
  labelX: number;
  tone: Tone;
  /** Which of the ladder's dialogs it is of, from 0. */
  leg: number;
  /** Rows of one transaction, and of one dialog, have the same. */
  transaction: string;
  dialog: string;
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
  /** Where the times of the rows end. */
  timeEnd: number;
}

/** What is drawn: hosts and the messages between them. */
export interface Drawn {
  columns: Column[];
  arrows: Arrow[];
}

/** Names a message in the ladder: `7`, and `1-7` of the first of the other dialogs. */
export function idOf(arrow: { leg: number; seq: number }): string {
  return arrow.leg === 0 ? String(arrow.seq) : `${arrow.leg}-${arrow.seq}`;
}

/** The letter of a leg: `A` is the dialog that was asked for. */
export function legLetter(leg: number): string {
  return String.fromCharCode(65 + (leg % 26));
}
