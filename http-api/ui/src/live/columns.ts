/** The columns of the live table, in their order. */
export const COLUMNS = [
  { id: 'time', title: 'Time', width: '134px' },
  { id: 'message', title: 'Message', width: '196px' },
  { id: 'path', title: 'From → to', width: 'minmax(280px, 1.3fr)' },
  { id: 'trunk', title: 'Trunk', width: '116px' },
  { id: 'call-id', title: 'Call-ID', width: 'minmax(160px, 1fr)' },
  { id: 'cseq', title: 'CSeq', width: '124px' },
  { id: 'size', title: 'Bytes', width: '66px' },
  { id: 'agent', title: 'Agent', width: '88px' },
  { id: 'transport', title: 'Transport', width: '84px' },
  { id: 'source', title: 'Source', width: '84px' },
] as const;

export type ColumnId = (typeof COLUMNS)[number]['id'];

const DEFAULT: readonly ColumnId[] = ['time', 'message', 'path', 'trunk', 'call-id', 'cseq', 'size', 'source'];
/** Without these a row could not be told from its neighbours. */
const ALWAYS: readonly ColumnId[] = ['time', 'message'];
/** Beside an open message there is room for these. */
const NARROW: readonly ColumnId[] = ['time', 'message', 'path', 'call-id'];

/** What is chosen: by the link, else by what was chosen here last, else as designed. Unknown names are left out. */
export function chosenColumns(link: string | null, remembered: string | null): ColumnId[] {
  const text = link ?? remembered;
  if (text === null) return [...DEFAULT];
  const wanted = new Set(text.split(','));
  return COLUMNS.filter(({ id }) => wanted.has(id) || ALWAYS.includes(id)).map(({ id }) => id);
}

export function toggled(columns: readonly ColumnId[], column: ColumnId): ColumnId[] {
  const wanted = new Set(columns);
  if (!wanted.delete(column)) wanted.add(column);
  return COLUMNS.filter(({ id }) => wanted.has(id) || ALWAYS.includes(id)).map(({ id }) => id);
}

export function isFixed(column: ColumnId): boolean {
  return ALWAYS.includes(column);
}

export function isDefault(columns: readonly ColumnId[]): boolean {
  return columns.join() === DEFAULT.join();
}

export function narrowed(columns: readonly ColumnId[]): ColumnId[] {
  return columns.filter((column) => NARROW.includes(column));
}
