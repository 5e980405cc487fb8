import type { Scope, Trace, TraceRule } from '../api/trace';
import type { MiCall } from '../app/mi';
import { bytes, counted } from '../wire/count';

const SCOPES: Record<Scope, string> = { message: 'Messages', transaction: 'Transactions', dialog: 'Dialogs' };

/** How much is traced once something fits. */
export function scopeOf(trace: Trace, rules: TraceRule[]): string {
  if (trace.scope) return SCOPES[trace.scope];
  const scopes = new Set(rulesOf(trace, rules).map(({ scope }) => scope));
  const [only] = scopes;
  if (scopes.size > 1) return 'By rule';
  return scopes.size === 0 ? '—' : only ? SCOPES[only] : 'By method';
}

/** What is traced: filters of a dynamic trace, rules of a configured one. */
export function conditionOf(trace: Trace, rules: TraceRule[]): string {
  if (trace.dynamic) {
    return trace.filters.map(({ kind, value }) => `${kind} = ${value}`).join(', ') || 'every call';
  }
  const own = rulesOf(trace, rules);
  const [first] = own;
  if (!first) return 'no rule, replays only';
  return own.length > 1 ? counted(own.length, 'rule') : conditions(first);
}

export function conditions(rule: TraceRule): string {
  return (
    Object.entries(rule.conditions)
      .map(([name, value]) => `${name} = ${value}`)
      .join(', ') || 'everything'
  );
}

export function rulesOf(trace: Trace, rules: TraceRule[]): TraceRule[] {
  return trace.dynamic ? [] : rules.filter(({ traceId }) => traceId === trace.id);
}

/** How a destination is doing, in a word and a colour. */
export function condition({ state }: Trace): { word: string; tone: string; why: string } {
  if (state === null) return { word: 'Not yet', tone: 'dim', why: 'This node has just begun with it.' };
  if (!state.up) return { word: 'Not reached', tone: 'bad', why: state.trouble ?? '' };
  return { word: 'Connected', tone: 'good', why: '' };
}

/** What waits: `3 queued`, `12 kB on disk`; a dash for nothing. */
export function waiting({ state }: Trace): string {
  const parts = [
    ...(state && state.queued > 0 ? [`${state.queued} queued`] : []),
    ...(state && state.spoolBytes > 0 ? [`${bytes(state.spoolBytes)} on disk`] : []),
  ];
  return parts.join(', ') || '—';
}

export interface NewTrace {
  id: string;
  uri: string;
  caller: string;
  callee: string;
  ip: string;
  /** `d`, `t` or `m`. */
  scope: string;
}

/** The command that starts a dynamic trace; what is left out means any. */
export function startCall({ id, uri, caller, callee, ip, scope }: NewTrace): MiCall {
  const filter = Object.entries({ caller, callee, ip })
    .filter(([, value]) => value.trim() !== '')
    .map(([name, value]) => `${name}=${value.trim()}`);
  const named = { id: id.trim(), uri: uri.trim() };
  return { method: 'trace_start', params: { ...named, filter, scope, type: 'sip' } };
}
