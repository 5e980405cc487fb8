import { get, Problem } from './client';

export interface Agent {
  name: string;
  node: string | null;
  address: string | null;
  transport?: string | null;
  version?: number | null;
  listed?: boolean;
  authenticated: boolean;
  messages: number;
  stored?: number;
  malformed?: number;
  gaps: number;
  dropped: number;
  droppedBy?: Record<string, number>;
  silentSince?: string | null;
  lastSeenAt: string | null;
  clockOffsetMs: number | null;
  clockSuspect?: boolean;
  /** Packets a second. */
  rate: number;
}

export interface Source {
  kind: string;
  name: string;
  condition: 'connecting' | 'up' | 'failed';
  detail: string;
  since: string;
  received: number;
  malformed: number;
  dropped: number;
  lastAt: string | null;
  node: string;
}

/** Who was turned away, and why. */
export interface Refused {
  address: string;
  agent: string;
  reason: string;
  count: number;
  lastAt: string;
  node: string;
}

export interface Agents {
  agents: Agent[];
  sources: Source[];
  refused?: Refused[];
  /** Nodes that did not tell in time. */
  unanswered?: string[];
}

/** A node that knows no agents answers like one that has none. */
export async function agents(signal: AbortSignal): Promise<Agents> {
  try {
    return await get('/api/agents', signal);
  } catch (failure) {
    if (failure instanceof Problem && failure.status === 404) return { agents: [], sources: [] };
    throw failure;
  }
}
