import { get } from './client';

export interface DestinationState {
  up: boolean;
  trouble: string | null;
  since: string;
  queued: number;
  spoolBytes: number;
  sent: number;
  retried: number;
  spooled: number;
  dropped: number;
}

/** One destination of a trace id. */
export interface Trace {
  id: string;
  type: 'hep' | 'sip' | 'database' | 'file' | 'syslog';
  uri: string;
  on: boolean;
  dynamic: boolean;
  filters: { kind: string; value: string }[];
  scope: Scope | null;
  startedAt: string | null;
  state: DestinationState | null;
}

export type Scope = 'message' | 'transaction' | 'dialog';

export interface TraceRule {
  traceId: string;
  /** In the words of the configuration, all of which must fit; empty for any message. */
  conditions: Record<string, string>;
  scope: Scope | null;
  attributes: string;
}

export interface Tracing {
  on: boolean;
  traces: Trace[];
  rules: TraceRule[];
}

export function tracing(signal: AbortSignal): Promise<Tracing> {
  return get('/api/trace', signal);
}
