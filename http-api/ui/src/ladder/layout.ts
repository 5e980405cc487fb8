import type { Arrow, Column } from '../api/types';
import { isPrivate, name, tone } from '../wire/name';
import { between } from '../wire/time';
import { groups, type Group } from './fold';
import { GEOMETRY, idOf, legLetter, type ArrowRow, type Drawn, type Lane, type Layout, type Row } from './geometry';
import { dialogOf, transactionOf } from './kin';
import { undelivered } from './lost';
import { sdpNotes, type SdpNote } from './sdp';
import { timeTeller, type TimeMode } from './times';

/** Silence that is worth a mark, in milliseconds. */
const SILENCE = 500;
const SILENCE_BEFORE_RETRANSMISSION = 300;

/** Mean width of a character of a 12 px label and of an 11 px note; what is longer is cut to its lane. */
const LABEL_CHARACTER = 6.6;
const NOTE_CHARACTER = 6;

/** Of the names above the lanes, 13 px, and of the addresses below those, 12 px and all of one width. */
const NAME_CHARACTER = 7;
const ADDRESS_CHARACTER = 7.25;

/** A label keeps room for this many characters before its note is cut. */
const LEAST_LABEL = 7;

export interface Options {
  /** Names of folds that were opened. */
  unfolded?: ReadonlySet<string>;
  time?: TimeMode;
  /** Whether what session descriptions say is drawn. */
  sdp?: boolean;
}

/** Places every lane and row of a ladder. */
export function layout(ladder: Drawn, width: number, options: Options = {}): Layout {
  const { columns, arrows } = ladder;
  const { unfolded = new Set<string>(), time = 'elapsed', sdp = true } = options;
  const pitch = pitchOf(columns.length, width);
  const senders = new Set(arrows.map((arrow) => arrow.from));
  const lanes = columns.map((column, index) => lane(column, index, pitch, senders.has(index)));
  const lost = undelivered(arrows, senders);
  const legs = arrows.some((arrow) => arrow.leg > 0);
  const tell = timeTeller(arrows, time);
  const media = sdp ? sdpNotes(arrows) : new Map<Arrow, SdpNote>();
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
    const told = media.get(arrow) ?? null;
    rows.push(arrowRow(group, { y, time: tell(arrow), pitch, lanes, lost: lost.has(arrow), legs, media: told }));
    before = arrow;
  }

  const right = lanes.length > 0 ? (lanes[lanes.length - 1] as Lane).x : GEOMETRY.firstLane;
  return {
    width: right + GEOMETRY.rightMargin,
    height: y + GEOMETRY.tail,
    pitch,
    lanes,
    rows,
    timeEnd: time === 'clock' ? GEOMETRY.clockEnd : GEOMETRY.timeEnd,
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
  const given = column.name && column.name !== column.address ? column.name : '';
  const name = given || (observed ? '' : 'Not observed');
  return {
    x: GEOMETRY.firstLane + index * pitch,
    name,
    address: column.address,
    head: {
      name: cut(name, Math.floor((pitch - 6) / NAME_CHARACTER)),
      address: cut(column.address, Math.floor((pitch - 2) / ADDRESS_CHARACTER)),
    },
    others: (column.addresses ?? []).filter((address) => address !== column.address),
    observed,
  };
}

interface Place {
  y: number;
  time: string;
  pitch: number;
  lanes: Lane[];
  lost: boolean;
  /** Whether there are several dialogs to tell apart. */
  legs: boolean;
  media: SdpNote | null;
}

function arrowRow(group: Group, place: Place): ArrowRow {
  const arrow = group.arrows[0];
  const { lost, pitch } = place;
  const loop = arrow.from === arrow.to;
  const direction = arrow.to < arrow.from ? -1 : 1;
  const start = laneX(place, arrow.from);
  const end = laneX(place, arrow.to);
  const room = pitch - 24;
  const mostNote = Math.floor((room - LEAST_LABEL * LABEL_CHARACTER) / NOTE_CHARACTER);
  const note = cut(noteOf(group.arrows.length, arrow, lost, place.media), mostNote);
  const labelRoom = room - (note ? note.length * NOTE_CHARACTER + NOTE_CHARACTER : 0);
  return {
    kind: 'arrow',
    y: place.y,
    id: idOf(arrow),
    members: group.arrows.map(idOf),
    fold: group.fold,
    time: place.time,
    from: arrow.from,
    to: arrow.to,
    x1: start,
    x2: loop ? start : end - direction * GEOMETRY.stop,
    loop,
    label: cut(name(arrow), Math.floor(labelRoom / LABEL_CHARACTER)),
    note,
    // Beside its own first lane, where a long arrow crosses no other lane's line.
    labelX: loop ? start + GEOMETRY.bracket.width + 8 : start + (direction * pitch) / 2,
    tone: tone(arrow),
    leg: arrow.leg,
    transaction: transactionOf(arrow),
    dialog: dialogOf(arrow),
    dashed: arrow.retransmission || lost,
    undelivered: lost,
    sentence: sentence(arrow, note, place),
  };
}

function laneX(place: Place, column: number): number {
  return place.lanes[column]?.x ?? GEOMETRY.firstLane;
}

function noteOf(copies: number, arrow: Arrow, lost: boolean, media: SdpNote | null): string {
  if (copies > 1) return `×${copies}`;
  if (arrow.retransmission) return 'repeated';
  if (lost && isPrivate(arrow.destination)) return 'to private address';
  if (lost) return arrow.method === 'ACK' ? 'not seen arriving' : 'unanswered';
  return media?.short ?? '';
}

/** Begins with what is seen, so that who speaks to the page can say it (WCAG 2.5.3). */
function sentence(arrow: Arrow, note: string, place: Place): string {
  const called = (column: number) => {
    const lane = place.lanes[column];
    return lane?.name || lane?.address || 'an unknown endpoint';
  };
  return [
    place.time,
    place.legs ? ` ${legLetter(arrow.leg)}` : '',
    ` ${name(arrow)}${note ? ` ${note}` : ''}`,
    arrow.from === arrow.to ? ` within ${called(arrow.from)}` : ` from ${called(arrow.from)} to ${called(arrow.to)}`,
    arrow.retransmission ? ', retransmitted' : '',
    place.lost ? ', not seen arriving' : '',
    place.media ? `: ${place.media.long}` : '',
  ].join('');
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
