import { place } from './place.svelte';

/** The other theme, kept for the next visit. The first choice is made by theme.js before the first paint. */
export function otherTheme(): void {
  const root = document.documentElement;
  const theme = root.dataset.theme === 'dark' ? 'light' : 'dark';
  root.dataset.theme = theme;
  localStorage.setItem('theme', theme);
  const asked = new URLSearchParams(place.search);
  if (!asked.has('theme')) return;
  asked.set('theme', theme);
  place.go(`${place.path}?${asked}`, true);
}
