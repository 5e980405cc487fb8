import { place } from './place.svelte';

export type Theme = 'light' | 'dark';

/** The other theme, kept for the next visit. The first choice is made by theme.js before the first paint. */
export function otherTheme(): void {
  setTheme(document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark');
}

/** What was chosen; null while the system decides. */
export function chosenTheme(): Theme | null {
  const kept = localStorage.getItem('theme');
  return kept === 'light' || kept === 'dark' ? kept : null;
}

/** Chooses a theme, or lets the system decide again. */
export function setTheme(theme: Theme | null): void {
  if (theme === null) localStorage.removeItem('theme');
  else localStorage.setItem('theme', theme);
  const dark = matchMedia('(prefers-color-scheme: dark)').matches;
  document.documentElement.dataset.theme = theme ?? (dark ? 'dark' : 'light');
  const asked = new URLSearchParams(place.search);
  if (!asked.has('theme')) return;
  if (theme === null) asked.delete('theme');
  else asked.set('theme', theme);
  history.replaceState(history.state, '', `${place.path}?${asked}`);
  place.search = location.search;
}
