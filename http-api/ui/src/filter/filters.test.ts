import { describe, expect, test } from 'vitest';
import { filtersOf, merged, plussed, query, read, strangers, tokens } from './filters';

const NOW = new Date(2026, 10, 20, 14, 7, 31);

function typed(text: string): string[] {
  return read(text, NOW).filters.map(({ name, value }) => `${name}=${value}`);
}

describe('what is typed', () => {
  test.each([
    ['invite', ['method=INVITE']],
    ['486', ['status=486']],
    ['5XX', ['status=5xx']],
    ['failed', ['phase=failed']],
    ['damaged', ['damaged=true']],
    ['192.0.2.40:5060', ['address=192.0.2.40:5060']],
    ['[2001:db8::1]:5060', ['address=[2001:db8::1]:5060']],
    ['from:alice to:bob', ['from=alice', 'to=bob']],
    ['from:"Alice Smith" BYE', ['from=Alice Smith', 'method=BYE']],
    ['call-id:a84b@[2001:db8::1]:5060', ['call-id=a84b@[2001:db8::1]:5060']],
    ['+44 20 7946 0112', ['text=+44 20 7946 0112']],
    ['sip:alice@example.com', ['text=sip:alice@example.com']],
    ['host:192.0.2.40', ['address=192.0.2.40']],
    ['constructor:x', ['text=constructor:x']],
    ['method:', ['text=method:']],
    ['   ', []],
  ])('%s', (text, filters) => {
    expect(typed(text)).toEqual(filters);
  });

  test('is a time of the reader on this day', () => {
    expect(typed('start:14:00')).toEqual([`start=${new Date(2026, 10, 20, 14).toISOString()}`]);
    expect(typed('end:"2026-11-19 08:30"')).toEqual([`end=${new Date(2026, 10, 19, 8, 30).toISOString()}`]);
  });

  test('is refused with a reason when it is no time', () => {
    expect(read('start:yesterday', NOW)).toEqual({
      filters: [],
      refused: 'yesterday is no time (wanted: 14:07, 2026-11-20 14:07 or RFC 3339)',
    });
  });
});

describe('the address bar', () => {
  test('gives back the filters it was given, whatever is in them', () => {
    const filters = [
      { name: 'call-id', value: 'a&b=c%20?#@h' },
      { name: 'text', value: '"é" +1' },
    ] as const;
    expect(filtersOf(query([...filters]))).toEqual(filters);
  });

  test('holds other things that are no filters', () => {
    expect(filtersOf('?theme=dark&method=INVITE&cursor=x&from=')).toEqual([{ name: 'method', value: 'INVITE' }]);
  });

  test('counts the last of two filters with one name', () => {
    expect(query(filtersOf('?from=a&method=BYE&from=b'))).toBe('?method=BYE&from=b');
  });

  test('is empty without filters', () => {
    expect(query([], { cursor: null })).toBe('');
    expect(query([], { limit: '100' })).toBe('?limit=100');
  });

  test('a filter added twice takes its new value in its old place', () => {
    const old = filtersOf('?method=INVITE&from=a');
    expect(query(merged(old, [{ name: 'method', value: 'BYE' }]))).toBe('?method=BYE&from=a');
  });
});

test('a plus that was not encoded is read where only a plus makes sense', () => {
  expect(filtersOf('?from=+442079460112&text=a+b&start=2026-11-20T14:00:00+01:00')).toEqual([
    { name: 'from', value: '+442079460112' },
    { name: 'text', value: 'a b' },
    { name: 'start', value: '2026-11-20T14:00:00+01:00' },
  ]);
  expect(plussed('to', ' x')).toBe(' x');
});

test('what no page reads is told rather than ignored', () => {
  expect(strangers('?caller=alice&from=bob&theme=dark&caller=x')).toEqual(['caller']);
});

test('two times are one token', () => {
  const shown = tokens(filtersOf('?method=BYE&start=A&end=B'), (time) => time.toLowerCase());
  expect(shown).toEqual([
    { label: 'method', value: 'BYE', names: ['method'] },
    { label: 'time', value: 'a – b', names: ['start', 'end'] },
  ]);
  expect(tokens(filtersOf('?end=B'), (time) => time)).toEqual([{ label: 'end', value: 'B', names: ['end'] }]);
});
