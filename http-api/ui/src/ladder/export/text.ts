import type { Arrow, Ladder } from '../../api/types';
import { name } from '../../wire/name';
import { between, moment } from '../../wire/time';
import { legLetter } from '../geometry';

/** Cells of the times at the left, of a column at least, and of a label at most. */
const TIMES = 24;
const NARROWEST = 18;
const LONGEST_LABEL = 24;

const NAMED = new Map([
  [9, '\\t'],
  [10, '\\n'],
  [13, '\\r'],
]);

/** The ladder as text, as `ops/sipscope ladder` prints it: a lifeline for each column, an arrow for each message. */
export function ladderText(ladder: Ladder): string {
  const { dialog, columns, arrows, verdict } = ladder;
  const several = ladder.legs.length > 1;
  const title = `${dialog.callId}  ${dialog.caller || '?'} → ${dialog.callee || '?'}  ${dialog.method}, ${dialog.phase}`;
  const lines = [printable(title)];
  lines.push(`${verdict.level}: ${printable(verdict.detail ? `${verdict.title}. ${verdict.detail}` : verdict.title)}`);
  if (several) lines.push(...ladder.legs.map((leg, index) => `${legLetter(index)}: ${printable(leg.callId)}`));
  if (columns.length === 0) return ended(lines);
  const heads = columns.map(({ address, name }) =>
    printable(name && name !== address ? `${name} (${address})` : address),
  );
  const labels = arrows.map((arrow) => label(arrow, several));
  const width = Math.max(NARROWEST, longest(heads) + 2, longest(labels) + 6);
  const life = ' '.repeat(TIMES) + (' '.repeat(width >> 1) + '│' + ' '.repeat(width - (width >> 1) - 1)).repeat(columns.length);
  lines.push('', ' '.repeat(TIMES) + heads.map((head) => centred(head, width)).join(''), life);
  const start = arrows[0]?.time ?? '';
  arrows.forEach((arrow, index) => lines.push(rung(arrow, labels[index] ?? '', start, columns.length, width)));
  if (arrows.length > 0) lines.push(life);
  if (ladder.truncated) lines.push('There are more messages than are drawn here.');
  return ended(lines);
}

function rung(arrow: Arrow, label: string, start: string, columns: number, width: number): string {
  const first = Math.min(arrow.from, arrow.to);
  const last = Math.max(arrow.from, arrow.to);
  let line = times(arrow.time, start) + ' '.repeat(width >> 1);
  for (let column = 0; column < columns; column++) {
    line += '│';
    if (column === first && first === last) line += ` ↻ ${label}`.padEnd(width - 1);
    else if (column === first) {
      line += shaft(arrow.from < arrow.to, label, last - first, width);
      column = last - 1;
    } else line += ' '.repeat(width - 1);
  }
  return line;
}

/** From just after the first lifeline to just before the last. */
function shaft(toTheRight: boolean, label: string, span: number, width: number): string {
  const cells: string[] = Array.from({ length: span * width - 1 }, (_, index) => ((index + 1) % width === 0 ? '┼' : '─'));
  const letters = [...` ${label} `];
  const at = Math.max(1, (Math.min(span * width, width) - letters.length) >> 1);
  letters.forEach((letter, index) => {
    if (at + index < cells.length - 1) cells[at + index] = letter;
  });
  if (toTheRight) cells[cells.length - 1] = '▶';
  else cells[0] = '◀';
  return cells.join('');
}

function label(arrow: Arrow, several: boolean): string {
  const what = `${name(arrow).trim()}${arrow.sdp ? ' (SDP)' : ''}${arrow.retransmission ? ' again' : ''}`;
  const letters = [...printable(several ? `${legLetter(arrow.leg)} ${what}` : what)];
  return letters.length <= LONGEST_LABEL ? letters.join('') : `${letters.slice(0, LONGEST_LABEL - 1).join('')}…`;
}

/** The clock is that of UTC: a file is read anywhere. */
function times(time: string, start: string): string {
  const clock = moment(time) ? time.slice(11, 19) + (time.slice(19).replace('Z', '') + '.000').slice(0, 4) : '--:--:--.---';
  return (clock + (between(start, time) / 1000).toFixed(3).padStart(9)).padEnd(TIMES);
}

function longest(texts: string[]): number {
  return texts.reduce((most, text) => Math.max(most, [...text].length), 0);
}

function centred(text: string, width: number): string {
  const length = [...text].length;
  const before = (width - length) >> 1;
  return ' '.repeat(before) + text + ' '.repeat(width - before - length);
}

function ended(lines: string[]): string {
  return `${lines.map((line) => line.trimEnd()).join('\n')}\n`;
}

/** What would move a terminal's cursor or turn the direction of writing is spelled out. */
function printable(text: string): string {
  return text.replace(/\p{Cs}/gu, '\ufffd').replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cn}\p{Co}]/gu, (mark) => {
    const code = mark.codePointAt(0) ?? 0;
    const named = NAMED.get(code);
    if (named !== undefined) return named;
    return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
  });
}
