import { expect, test } from 'vitest';
import { ladderLink, route } from './route';

test.each(['a84b4c76e66710@198.51.100.24', 'a/b?c#d&e=f%20g', '%', 'é\u202e'])(
  'the ladder of %j is found by its link',
  (key) => {
    const path = new URL(ladderLink(key), 'http://sipscope.example').pathname;
    expect(route(path)).toEqual({ page: 'ladder', key });
  },
);

test('a selected message is part of the link', () => {
  expect(ladderLink('a', 7)).toBe('/dialogs/a?m=7');
});

test.each([
  ['/', 'dialogs'],
  ['/dialogs', 'dialogs'],
  ['/live', 'live'],
  ['/statistics', 'statistics'],
  ['/events', 'events'],
  ['/agents', 'agents'],
  ['/trace', 'trace'],
  ['/cluster', 'cluster'],
  ['/script', 'script'],
  ['/events/alerts', 'events'],
  ['/events/other', 'unknown'],
  ['/cluster/1', 'unknown'],
  ['/dialogs/%E0%A4%A', 'unknown'],
  ['/dialogs/a/b', 'unknown'],
  ['/elsewhere', 'unknown'],
])('%s shows %s', (path, page) => {
  expect(route(path).page).toBe(page);
});
