import type { Complaint, Failure } from '../api/script';

/** Something that is told beneath a line of a script. */
export interface Mark {
  line: number;
  column: number;
  /** Behind the last character that it is about. */
  end: number;
  tone: 'bad' | 'warn';
  text: string;
}

export function ofComplaint({ line, column, endColumn, message, severity }: Complaint): Mark {
  return { line, column, end: endColumn, tone: severity === 'error' ? 'bad' : 'warn', text: `${severity}: ${message}` };
}

export function ofFailure({ line, column, message, count }: Failure): Mark {
  return { line, column, end: column + 1, tone: 'bad', text: `failed ${count === 1 ? 'once' : `${count.toLocaleString('en')} times`}: ${message}` };
}

/** Marks by their lines; those of no line, or of one that is not there, at 0. */
export function byLine(marks: readonly Mark[], lines: number): Map<number, Mark[]> {
  const found = new Map<number, Mark[]>();
  for (const mark of marks) {
    const line = mark.line > 0 && mark.line <= lines ? mark.line : 0;
    const there = found.get(line);
    if (there) there.push(mark);
    else found.set(line, [mark]);
  }
  return found;
}

/** More would not be looked at; a line may be a million characters long. */
const LONGEST_CARET = 200;

/** `    ^^^` beneath what a mark is about. Tabs stay tabs, so that it stands where the line does. */
export function caret(line: string, { column, end }: Mark): string {
  if (column < 1 || column > line.length + 1) return '';
  const before = line.slice(0, column - 1).replaceAll(/[^\t]/g, ' ');
  const about = Math.min(end, line.length + 1) - column;
  return before.length > LONGEST_CARET ? '' : before + '^'.repeat(Math.max(1, Math.min(about, LONGEST_CARET)));
}

/** How hot a line is: 0 never ran, 1 to 3 by the size of its count beside the most. */
export function heat(hits: number | undefined, most: number): number {
  if (!hits) return 0;
  return hits * 10 >= most ? 3 : hits * 100 >= most ? 2 : 1;
}

/** Where a line begins in a text, and where what is at a column of it. */
export function offset(text: string, { line, column, end }: Mark): [number, number] {
  let start = 0;
  for (let at = 1; at < line; at++) {
    const next = text.indexOf('\n', start);
    if (next < 0) break;
    start = next + 1;
  }
  const from = Math.min(text.length, start + Math.max(0, column - 1));
  return [from, Math.min(text.length, Math.max(from, start + end - 1))];
}

/** Entries by their counts, the most first. */
export function most(counts: Record<string, number> | undefined): [string, number][] {
  return Object.entries(counts ?? {}).toSorted(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
}

/** What there is to try where no script is. */
export const FIRST = `loadmodule "sipmsgops.so"
loadmodule "statistics.so"

route {
    if (is_method("INVITE") && !has_totag())
        update_stat("calls", "+1");
}

onreply_route {
    if ($rs >= 500)
        xlog("$ci: $rs $rr\\n");
}
`;
