import { expect, test } from 'vitest';
import type { Dialog } from '../api/types';
import { dialogItem, fits, merge, searches, stepped, typedItems } from './items';

test.each([
  ['stat', 'Statistics', true],
  ['go st', 'Go to Statistics', true],
  ['tat', 'Statistics', false],
  ['', 'Statistics', true],
  ['tracing off', 'Turn tracing off', true],
])('%j fits %j: %s', (typed, text, expected) => {
  expect(fits(typed, text)).toBe(expected);
});

test('a dialog is looked for by Call-ID, number and text, never by a single letter', () => {
  expect(searches(' +49 30&x ', 5)).toEqual([
    '?call-id=%2B49+30%26x&limit=5', '?user=%2B49+30%26x&limit=5', '?text=%2B49+30%26x&limit=5',
  ]);
  expect(searches('a', 5)).toEqual([]);
});

test('what several searches found is listed once, in their order', () => {
  const dialog = (key: string) => ({ key, callId: key }) as Dialog;
  const found = merge([[dialog('a')], [dialog('b'), dialog('a')], [dialog('c')]], 2);
  expect(found.map(({ key }) => key)).toEqual(['a', 'b']);
});

test('links of what was typed hold it as a value, whatever it is', () => {
  const gone: string[] = [];
  typedItems('a&b=c #d', (to) => gone.push(to)).forEach((item) => item.does());
  dialogItem({ key: 'x/?#', callId: '' } as Dialog, (to) => gone.push(to)).does();
  expect(gone).toEqual([
    '/live?text=a%26b%3Dc+%23d', '/?text=a%26b%3Dc+%23d', '/statistics?find=a%26b%3Dc+%23d', '/dialogs/x%2F%3F%23',
  ]);
  expect(typedItems('  ', () => undefined)).toEqual([]);
});

test('moving goes round', () => {
  expect([stepped(0, -1, 3), stepped(2, 1, 3), stepped(0, 1, 0)]).toEqual([2, 0, 0]);
});
