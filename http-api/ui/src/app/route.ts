export type Route =
  | { page: 'dialogs' }
  | { page: 'live' }
  | { page: 'ladder'; key: string }
  | { page: 'statistics' | 'events' | 'agents' | 'trace' | 'cluster' }
  | { page: 'unknown' };

/** What a path shows. A Call-ID is one percent-encoded segment. */
export function route(path: string): Route {
  if (path === '/' || path === '/dialogs' || path === '/dialogs/') return { page: 'dialogs' };
  switch (path) {
    case '/live':
      return { page: 'live' };
    case '/statistics':
      return { page: 'statistics' };
    case '/events':
      return { page: 'events' };
    case '/agents':
      return { page: 'agents' };
    case '/trace':
      return { page: 'trace' };
    case '/cluster':
      return { page: 'cluster' };
  }
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
