import type { Tone } from '../../wire/name';
import { GEOMETRY, legLetter, type ArrowRow, type GapRow, type Lane, type Layout } from '../geometry';
import { cross, point, shaft } from '../marks';
import type { Colour, FACES } from './theme';

/** What a picture of a ladder is made of, whoever paints it. */
export type Shape = Line | Text | Dot;

export interface Line {
  kind: 'line';
  d: string;
  stroke: Colour | null;
  fill: Colour | null;
  width: number;
  dash: number[];
}

export interface Dot {
  kind: 'dot';
  x: number;
  y: number;
  radius: number;
  fill: Colour;
}

export interface Run {
  text: string;
  size: number;
  weight: number;
  fill: Colour;
}

export interface Text {
  kind: 'text';
  x: number;
  y: number;
  anchor: 'start' | 'middle' | 'end';
  face: keyof typeof FACES;
  /** Whether the ground shows around its letters. */
  halo: boolean;
  runs: Run[];
}

export interface Picture {
  width: number;
  height: number;
  title: string;
  shapes: Shape[];
}

/** What stands above the lanes. */
export interface Caption {
  title: string;
  lines: string[];
}

const MARGIN = 24;
const CAPTION = { title: 30, line: 20 } as const;

/** What a caption needs at least, as it has no lanes to be cut to. */
const LEAST_WIDTH = 480;

/** Mean width of a character of a caption's line. */
const CAPTION_CHARACTER = 6.2;

const STROKES: Record<Tone, Colour> = {
  request: 'accent',
  register: 'info',
  other: 'ink-3',
  provisional: 'ink-3',
  success: 'good',
  redirect: 'violet',
  'client-error': 'warn',
  'server-error': 'bad',
};

/** The whole ladder, whatever of it is on the screen. */
export function picture(drawing: Layout, caption: Caption): Picture {
  const width = Math.max(LEAST_WIDTH, drawing.width + MARGIN);
  const top = MARGIN + CAPTION.title + CAPTION.line * caption.lines.length;
  const shapes: Shape[] = [
    text(MARGIN, MARGIN + 16, 'start', [run(caption.title, 16, 600, 'ink')]),
    ...caption.lines.map((line, index) =>
      text(MARGIN, MARGIN + CAPTION.title + 10 + CAPTION.line * index, 'start', [
        run(fitted(line, width - 2 * MARGIN), 12, 400, 'ink-2'),
      ]),
    ),
  ];
  const rows = drawing.rows;
  const severalLegs = rows.some((row) => row.kind === 'arrow' && row.leg > 0);
  const drawn = [
    ...drawing.lanes.flatMap((lane) => laneShapes(lane, drawing.height)),
    ...rows.flatMap((row) =>
      row.kind === 'gap' ? gapShapes(row, drawing) : arrowShapes(row, drawing, severalLegs),
    ),
  ];
  return {
    width,
    height: top + drawing.height + MARGIN,
    title: caption.title,
    shapes: [...shapes, ...drawn.map((shape) => lowered(shape, top))],
  };
}

function laneShapes(lane: Lane, height: number): Shape[] {
  const tint: Colour = lane.observed ? 'ink' : 'ink-3';
  const line = path(`M${lane.x} 48V${height}`, { stroke: 'line-2', width: 1, dash: lane.observed ? [] : [2, 5] });
  return lane.name
    ? [
        line,
        text(lane.x, 20, 'middle', [run(lane.head.name, 13, 600, tint)]),
        text(lane.x, 37, 'middle', [run(lane.head.address, 12, 400, 'ink-3')], 'mono'),
      ]
    : [line, text(lane.x, 29, 'middle', [run(lane.head.address, 12, 400, 'ink')], 'mono')];
}

function gapShapes(row: GapRow, drawing: Layout): Shape[] {
  return [
    text(drawing.timeEnd, row.y + 18, 'end', [run(row.text, 11, 400, 'ink-3')]),
    ...drawing.lanes.flatMap(({ x, observed }): Shape[] => [
      path(`M${x - 3} ${row.y + 7}h6v14h-6z`, { fill: 'bg' }),
      ...(observed ? [10, 14, 18] : []).map((below): Dot => ({ kind: 'dot', x, y: row.y + below, radius: 1.1, fill: 'ink-3' })),
    ]),
  ];
}

function arrowShapes(row: ArrowRow, drawing: Layout, severalLegs: boolean): Shape[] {
  const stroke = row.undelivered ? 'bad' : STROKES[row.tone];
  const failed = row.tone === 'client-error' || row.tone === 'server-error';
  const ink: Colour = row.undelivered ? 'bad' : failed ? stroke : row.tone === 'provisional' ? 'ink-2' : 'ink';
  const label = [run(row.label, 12, 540, ink)];
  if (row.note) label.push(run(` ${row.note}`, 11, 400, row.undelivered ? 'bad' : 'ink-3'));
  const baseline = row.y - GEOMETRY.labelRise;
  return [
    text(drawing.timeEnd, baseline, 'end', [run(row.time, 11.5, 400, 'ink-2')], 'mono'),
    ...(severalLegs ? [text(GEOMETRY.leg + 6, baseline, 'start', [run(legLetter(row.leg), 11, 600, 'ink-2')])] : []),
    path(shaft(row), { stroke, width: 1.4, dash: row.dashed ? [4, 3.5] : [] }),
    row.undelivered ? path(point(row), { stroke, width: 1.3, fill: 'bg' }) : path(point(row), { fill: stroke }),
    ...(row.undelivered ? [path(cross(row), { stroke, width: 1.6 })] : []),
    { ...text(row.labelX, baseline, row.loop ? 'start' : 'middle', label), halo: true },
  ];
}

function path(d: string, how: Partial<Line>): Line {
  return { kind: 'line', d, stroke: null, fill: null, width: 0, dash: [], ...how };
}

function text(x: number, y: number, anchor: Text['anchor'], runs: Run[], face: Text['face'] = 'text'): Text {
  return { kind: 'text', x, y, anchor, face, halo: false, runs };
}

function run(text: string, size: number, weight: number, fill: Colour): Run {
  return { text, size, weight, fill };
}

function lowered(shape: Shape, by: number): Shape {
  if (shape.kind !== 'line') return { ...shape, y: shape.y + by };
  // Absolute moves and verticals have heights; relative ones have not.
  const d = shape.d
    .replace(/([ML])(-?[\d.]+) (-?[\d.]+)/g, (_, command: string, x: string, y: string) => `${command}${x} ${Number(y) + by}`)
    .replace(/V(-?[\d.]+)/g, (_, y: string) => `V${Number(y) + by}`);
  return { ...shape, d };
}

function fitted(line: string, room: number): string {
  const most = Math.floor(room / CAPTION_CHARACTER);
  return line.length <= most ? line : `${line.slice(0, most - 1)}…`;
}
