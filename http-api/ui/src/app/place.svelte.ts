/** Where the reader is: the address bar as state. Everything shown follows from it. */
class Place {
  path = $state(location.pathname);
  search = $state(location.search);
  /** Grows with every visit, so that following a link to where one is already reads anew. */
  visits = $state(0);

  constructor() {
    addEventListener('popstate', () => this.#read());
  }

  /** Goes to a path with its query; `quietly` leaves no entry to come back to and reads nothing anew. */
  go(url: string, quietly = false): void {
    const target = new URL(url, location.href);
    const theme = new URLSearchParams(location.search).get('theme');
    if (theme && !target.searchParams.has('theme')) target.searchParams.set('theme', theme);
    if (quietly) history.replaceState(history.state, '', target);
    else history.pushState({ within: true }, '', target);
    this.#read(quietly ? 0 : 1);
  }

  /** Back to where the reader came from; `otherwise` when this page was opened from outside. */
  back(otherwise: string): void {
    if ((history.state as { within?: boolean } | null)?.within) history.back();
    else this.go(otherwise);
  }

  #read(visit = 1): void {
    this.path = location.pathname;
    this.search = location.search;
    this.visits += visit;
  }
}

export const place = new Place();

/** Keeps plain clicks on our own links in this page; all others stay the browser's. */
export function follow(event: MouseEvent): void {
  if (event.defaultPrevented || event.button !== 0) return;
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const link = (event.target as Element).closest('a');
  if (!link || link.hasAttribute('download') || link.hasAttribute('target')) return;
  const href = link.getAttribute('href');
  if (!href?.startsWith('/') || href.startsWith('/api/')) return;
  event.preventDefault();
  place.go(href, link.hasAttribute('data-quiet'));
}
