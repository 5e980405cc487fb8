import { expect, test } from 'vitest';
import { view, viewLink } from './view';

test('what is shown is in the address, and is read from it again', () => {
  const seen = {
    message: '1-7',
    compared: '3',
    tab: 'compare',
    time: 'delta',
    sdp: false,
    split: ['edge, one', '192.0.2.1'],
    at: '2026-11-20T14:06:52.000000001Z',
    legs: ['a&b=c', 'd#e'],
    table: true,
  } as const;
  const link = viewLink('x/y', { ...seen, split: [...seen.split], legs: [...seen.legs] });
  const read = new URL(link, 'http://sipscope.example');
  expect(read.pathname).toBe('/dialogs/x%2Fy');
  expect(view(read.search)).toEqual(seen);
});

test('a plain ladder has a plain address', () => {
  expect(viewLink('a', view(''))).toBe('/dialogs/a');
  expect(viewLink('a', view('?m=7'), { message: '8' })).toBe('/dialogs/a?m=8');
  expect(viewLink('a', view('?time=no&sdp=yes&as=x'))).toBe('/dialogs/a');
});
