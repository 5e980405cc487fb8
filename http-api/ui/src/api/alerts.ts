import { get, send } from './client';

/** A rule that raises `E_ALERT`, as it is kept. */
export interface Rule {
  name: string;
  /** `group:name`, or a measure of `/metrics` by its name. */
  statistic: string;
  /** Whether it is how fast the value goes up, a second. */
  rate: boolean;
  comparison: 'above' | 'below';
  bound: number;
  forSeconds: number;
  webhook: string | null;
}

export interface Alert extends Rule {
  state: 'ok' | 'pending' | 'raised' | 'unknown';
  value: number | null;
  since: string | null;
}

export async function alerts(signal: AbortSignal): Promise<Alert[]> {
  return (await get<{ alerts: Alert[] }>('/api/alerts', signal)).alerts;
}

export function save({ name, ...rule }: Rule): Promise<void> {
  return send('PUT', path(name), rule);
}

export function remove(name: string): Promise<void> {
  return send('DELETE', path(name));
}

export function path(name: string): string {
  return `/api/alerts/${encodeURIComponent(name)}`;
}
