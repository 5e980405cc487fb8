import { beforeEach, expect, test } from 'vitest';
import { forget, save, saved } from './saved';

let kept: string | null = null;
const store = {
  getItem: () => kept,
  setItem: (_: string, value: string) => {
    kept = value;
  },
} as unknown as Storage;

beforeEach(() => (kept = null));

test('a search is kept by its name, the newest first, and forgotten', () => {
  save(store, { name: ' busy ', search: '?status=486' });
  save(store, { name: 'lisbon', search: '?trunk=pbx-lisbon' });
  save(store, { name: 'busy', search: '?status=600' });
  expect(saved(store)).toEqual([
    { name: 'busy', search: '?status=600' },
    { name: 'lisbon', search: '?trunk=pbx-lisbon' },
  ]);
  expect(forget(store, 'busy').map(({ name }) => name)).toEqual(['lisbon']);
});

test.each(['{', 'null', '[1, {"name": 2}]', '[{"name":"x","search":"javascript:alert(1)"}]'])('%s counts as nothing', (text) => {
  kept = text;
  expect(saved(store)).toEqual([]);
});
