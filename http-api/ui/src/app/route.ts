export type Route =
  | { page: 'dialogs' }
  | { page: 'ladder'; key: string }
  | { page: 'live' | 'statistics' | 'events' | 'script' | 'agents' | 'trace' | 'cluster' }
  | { page: 'unknown' };

/** The parts of the Events page have addresses of their own. */
const PAGES = /^\/(?:(live|statistics|script|agents|trace|cluster)|(events)(?:\/(?:subscriptions|alerts|status))?)$/;

/** What a path shows. A Call-ID is one percent-encoded segment. */
export function route(path: string): Route {
  if (path === '/' || path === '/dialogs' || path === '/dialogs/') return { page: 'dialogs' };
  const found = PAGES.exec(path);
  const page = found?.[1] ?? found?.[2];
  if (page) return { page } as Route;
  const dialog = /^\/dialogs\/([^/]+)$/.exec(path);
  if (!dialog) return { page: 'unknown' };
  try {
    return { page: 'ladder', key: decodeURIComponent(dialog[1] ?? '') };
  } catch {
    return { page: 'unknown' }; // percent signs that encode nothing
  }
}

/** The page of a dialog, at one of its messages if given. */
export function ladderLink(key: string, seq?: number): string {
  return `/dialogs/${encodeURIComponent(key)}${seq === undefined ? '' : `?m=${seq}`}`;
}
