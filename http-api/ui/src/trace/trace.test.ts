import { describe, expect, test } from 'vitest';
import type { Trace, TraceRule } from '../api/trace';
import { condition, conditionOf, scopeOf, startCall, waiting } from './told';

const TRACE: Trace = {
  id: 'tid', type: 'hep', uri: 'hep:192.0.2.9:9060', on: true, dynamic: false, filters: [], scope: null, startedAt: null, state: null,
};
const STATE = {
  up: true, trouble: null, since: '2026-11-20T14:00:00Z', queued: 0, spoolBytes: 0, sent: 1, retried: 0, spooled: 0, dropped: 0,
};
const RULE: TraceRule = { traceId: 'tid', conditions: { methods: 'INVITE', source: '192.0.2.0/24' }, scope: 'dialog', attributes: '' };

describe('what a trace traces', () => {
  test('is in its rules when it is configured', () => {
    expect(conditionOf(TRACE, [RULE])).toBe('methods = INVITE, source = 192.0.2.0/24');
    expect(conditionOf(TRACE, [{ ...RULE, conditions: {} }])).toBe('everything');
    expect(conditionOf(TRACE, [RULE, RULE])).toBe('2 rules');
    expect(conditionOf(TRACE, [{ ...RULE, traceId: 'other' }])).toBe('no rule, replays only');
  });

  test('is in its filters when it is dynamic', () => {
    const dynamic: Trace = { ...TRACE, dynamic: true, scope: 'transaction', filters: [{ kind: 'caller', value: 'alice' }] };
    expect(conditionOf(dynamic, [RULE])).toBe('caller = alice');
    expect(conditionOf({ ...dynamic, filters: [] }, [])).toBe('every call');
    expect(scopeOf(dynamic, [RULE])).toBe('Transactions');
  });

  test('goes as far as its rules say', () => {
    expect(scopeOf(TRACE, [RULE])).toBe('Dialogs');
    expect(scopeOf(TRACE, [{ ...RULE, scope: null }])).toBe('By method');
    expect(scopeOf(TRACE, [RULE, { ...RULE, scope: 'message' }])).toBe('By rule');
    expect(scopeOf(TRACE, [])).toBe('—');
  });
});

test('a destination says how it is and what waits for it', () => {
  expect(condition({ ...TRACE, state: { ...STATE, up: false, trouble: 'Connection refused' } }))
    .toEqual({ word: 'Not reached', tone: 'bad', why: 'Connection refused' });
  expect(condition({ ...TRACE, state: STATE }).word).toBe('Connected');
  expect(waiting({ ...TRACE, state: { ...STATE, queued: 3, spoolBytes: 12_000 } })).toBe('3 queued, 12 kB on disk');
  expect(waiting(TRACE)).toBe('—');
});

test('a dynamic trace starts with what was filled in', () => {
  const call = startCall({ id: ' t ', uri: 'hep:h:1', caller: 'alice', callee: ' ', ip: '192.0.2.1', scope: 'd' });
  expect(call).toEqual({
    method: 'trace_start',
    params: { id: 't', uri: 'hep:h:1', filter: ['caller=alice', 'ip=192.0.2.1'], scope: 'd', type: 'sip' },
  });
});
