import { mi } from '../app/mi';
import { get } from './client';

export interface Subscriber {
  socket: string;
  /** Seconds it was made for; `never` for one that the configuration made. */
  expire: number | string;
  /** Seconds left, or `expired`; there is none for what never expires. */
  ttl?: number | string;
}

/** What happened, as it was told on some node. */
export interface Told {
  /** Its number in the stream. */
  id: string;
  at: string;
  name: string;
  node: string;
  /** By name, or in their order where they have none. */
  params: Record<string, unknown> | unknown[];
}

export async function eventNames(signal: AbortSignal): Promise<string[]> {
  const answer = await mi<{ Events: { name: string }[] }>({ method: 'events_list', params: {} }, signal);
  return answer.Events.map(({ name }) => name);
}

export async function subscribers(signal: AbortSignal): Promise<Map<string, Subscriber[]>> {
  const answer = await mi<{ Events: { name: string; Subscribers: Subscriber[] }[] }>(
    { method: 'subscribers_list', params: {} },
    signal,
  );
  return new Map(answer.Events.map(({ name, Subscribers }) => [name, Subscribers]));
}

/** The last events, oldest first. */
export async function recent(limit: number, signal: AbortSignal): Promise<Told[]> {
  const answer = await get<{ events: Told[] }>(`/api/events/recent?limit=${limit}`, signal);
  return answer.events;
}
