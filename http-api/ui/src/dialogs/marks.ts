import type { Dialog } from '../api/types';

/** The dialogs marked for an export, by key, with what is known of them. */
export type Marks = ReadonlyMap<string, Dialog>;

/** What one export takes: the server reads so many in one go. */
export const MAX_MARKS = 5_000;

export function toggledMark(marks: Marks, dialog: Dialog): Marks {
  const next = new Map(marks);
  if (!next.delete(dialog.key) && next.size < MAX_MARKS) next.set(dialog.key, dialog);
  return next;
}

/** All between two rows and the rows themselves, in either direction, beside what is marked already. */
export function stretched(marks: Marks, rows: readonly Dialog[], from: number, to: number): Marks {
  const next = new Map(marks);
  for (const dialog of rows.slice(Math.max(0, Math.min(from, to)), Math.max(from, to) + 1)) {
    if (next.size < MAX_MARKS) next.set(dialog.key, dialog);
  }
  return next;
}

/** All rows that are shown; none where all of them are marked. */
export function allOrNone(marks: Marks, rows: readonly Dialog[]): Marks {
  return areAllMarked(marks, rows) ? new Map() : stretched(marks, rows, 0, rows.length - 1);
}

export function areAllMarked(marks: Marks, rows: readonly Dialog[]): boolean {
  return rows.length > 0 && rows.slice(0, MAX_MARKS).every(({ key }) => marks.has(key));
}
