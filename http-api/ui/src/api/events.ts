import { mi } from '../app/mi';
import { get } from './client';

/** Who is told of an event, and what became of what the socket was told, on all nodes. */
export interface Subscriber {
  event: string;
  socket: string;
  /** Seconds it was made for; null for what never expires. */
  expire: number | null;
  /** Seconds left; null for what never expires. */
  ttl: number | null;
  sent: number;
  retried: number;
  failed: number;
  dropped: number;
  queued: number;
  lastFailure: string | null;
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

export async function subscribers(signal: AbortSignal): Promise<Subscriber[]> {
  const answer = await get<{ subscribers: Subscriber[] }>('/api/events/subscribers', signal);
  return answer.subscribers;
}

/** The last events, oldest first. */
export async function recent(limit: number, signal: AbortSignal): Promise<Told[]> {
  const answer = await get<{ events: Told[] }>(`/api/events/recent?limit=${limit}`, signal);
  return answer.events;
}
