import { timeMode, type TimeMode } from './times';

/** What of a ladder is shown, and how: all of it is in the address. */
export interface View {
  /** The selected message, see `idOf`; null: the first. */
  message: string | null;
  /** The message that the selected one is compared with. */
  compared: string | null;
  tab: string | null;
  time: TimeMode;
  /** Whether what session descriptions say is drawn. */
  sdp: boolean;
  /** Hosts whose ports are told apart, or are not: their names, or `*` for all. */
  split: string[];
  /** As it was known then, RFC 3339; null: now. */
  at: string | null;
  /** Keys of the other dialogs in the ladder. */
  legs: string[];
  table: boolean;
}

export function view(search: string): View {
  const asked = new URLSearchParams(search);
  return {
    message: asked.get('m'),
    compared: asked.get('c'),
    tab: asked.get('tab'),
    time: timeMode(asked.get('time')),
    sdp: asked.get('sdp') !== 'off',
    split: asked.getAll('split'),
    at: asked.get('at'),
    legs: asked.getAll('with'),
    table: asked.get('as') === 'table',
  };
}

/** The address of a dialog's ladder in a view. */
export function viewLink(key: string, seen: View, changes: Partial<View> = {}): string {
  const { message, compared, tab, time, sdp, split, at, legs, table } = { ...seen, ...changes };
  const asked = new URLSearchParams();
  if (message !== null) asked.set('m', message);
  if (compared !== null) asked.set('c', compared);
  if (tab !== null) asked.set('tab', tab);
  if (time !== 'elapsed') asked.set('time', time);
  if (!sdp) asked.set('sdp', 'off');
  for (const host of split) asked.append('split', host);
  if (at !== null) asked.set('at', at);
  for (const leg of legs) asked.append('with', leg);
  if (table) asked.set('as', 'table');
  const search = asked.toString();
  return `/dialogs/${encodeURIComponent(key)}${search && `?${search}`}`;
}
