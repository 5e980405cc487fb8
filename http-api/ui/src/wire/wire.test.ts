import { describe, expect, test } from 'vitest';
import { bytes, counted } from './count';
import { host, isPrivate, name, statusTone, tone } from './name';
import { between, clock, clockMillis, length, moment, started, wait } from './time';
import { plain } from './plain';
import { meant, tellIn } from './zone';

describe('times', () => {
  test('are read to the nanosecond', () => {
    expect(moment('2026-11-20T14:06:52.000000001Z')).toEqual({ seconds: 1795183612, nanos: 1 });
    expect(moment('2026-11-20T15:06:52.5+01:00')).toEqual({ seconds: 1795183612, nanos: 500_000_000 });
  });

  test.each(['', '14:06', '2026-11-20', '2026-13-45T00:00:00Z', 'null'])('%j is none', (text) => {
    expect(moment(text)).toBeNull();
  });

  test('lie apart by milliseconds, across seconds', () => {
    expect(between('2026-11-20T14:06:52.999Z', '2026-11-20T14:06:53.0005Z')).toBeCloseTo(1.5, 6);
    expect(between('nonsense', '2026-11-20T14:06:53Z')).toBe(0);
  });

  test('that cannot be read are shown as they are', () => {
    expect(clockMillis('soon')).toBe('soon');
    expect(clockMillis('2026-11-20T14:06:52.0879999Z')).toMatch(/:\d\d:52\.087$/);
  });

  test('are told in UTC to who wants that, and meant so', () => {
    tellIn('utc');
    expect(clock('2026-11-20T23:06:52+01:00')).toBe('22:06:52');
    expect(started('2026-11-20T00:30:00Z', new Date('2026-11-20T23:59:59Z'))).toBe('00:30:00');
    expect(meant(2026, 10, 20, 14, 6, 52).toISOString()).toBe('2026-11-20T14:06:52.000Z');
    tellIn('local');
    expect(clock(meant(2026, 10, 20, 14, 6, 52).toISOString())).toBe('14:06:52');
  });

  test('name their day on other days and their year in other years', () => {
    const now = new Date(2026, 10, 20, 15);
    const at = (year: number, month: number, day: number) => new Date(year, month, day, 14, 6, 52).toISOString();
    expect(started(at(2026, 10, 20), now)).toBe('14:06:52');
    expect(started(at(2026, 10, 19), now)).toBe('19 Nov 14:06:52');
    expect(started(at(2025, 0, 2), now)).toBe('2 Jan 2025 14:06:52');
  });
});

test.each([
  [null, '—', '—'],
  [0, '< 1 ms', '0:00'],
  [31, '31 ms', '0:00'],
  [1210, '1.21 s', '0:01'],
  [59_600, '59.60 s', '1:00'],
  [3_731_000, '3731.00 s', '1:02:11'],
])('%s ms is a wait of %s and a length of %s', (millis, asWait, asLength) => {
  expect([wait(millis), length(millis)]).toEqual([asWait, asLength]);
});

describe('messages', () => {
  test('are named by method, or by status and reason', () => {
    expect(name({ method: 'INVITE', status: null, reason: null })).toBe('INVITE');
    expect(name({ method: null, status: 200, reason: 'OK' })).toBe('200 OK');
    expect(name({ method: null, status: 299, reason: '' })).toBe('299');
    expect(name({ method: null, status: null, reason: null })).toBe('No method');
  });

  test('have the colour of their class', () => {
    expect([100, 200, 302, 404, 503, 603].map(statusTone)).toEqual([
      'provisional', 'success', 'redirect', 'client-error', 'server-error', 'server-error',
    ]);
    const request = (method: string) => tone({ method, status: null, reason: null });
    expect(['invite', 'REGISTER', 'OPTIONS', 'X'].map(request)).toEqual(['request', 'register', 'other', 'other']);
  });
});

test.each([
  ['192.0.2.1:5060', '192.0.2.1', false],
  ['10.20.4.17:5060', '10.20.4.17', true],
  ['172.15.0.1', '172.15.0.1', false],
  ['172.31.0.1', '172.31.0.1', true],
  ['[2001:db8::1]:5060', '2001:db8::1', false],
  ['[fe80::1]:5060', 'fe80::1', true],
  ['fd00::1', 'fd00::1', true],
])('%s is host %s, private: %s', (endpoint, expected, hidden) => {
  expect([host(endpoint), isPrivate(endpoint)]).toEqual([expected, hidden]);
});

test('counts are grouped and have their number', () => {
  expect([counted(1, 'dialog'), counted(1284, 'dialog')]).toEqual(['1 dialog', '1,284 dialogs']);
  expect([812, 1500, 131_000_000, 2e9].map(bytes)).toEqual(['812 bytes', '1.5 kB', '131 MB', '2.0 GB']);
});

test('control characters are seen and do nothing', () => {
  expect(plain('a\0b\x1b[31m\x7f\tc\nd')).toBe('a␀b␛[31m␡\tc\nd');
});
