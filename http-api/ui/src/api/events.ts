import { mi } from '../app/mi';

export interface Subscriber {
  socket: string;
  expire: number;
  /** Seconds left, or `expired`. */
  ttl: number | string;
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
