import { mi } from '../app/mi';
import { get } from './client';

export interface Member {
  /** `pekko://sipscope@10.0.0.1:7355` */
  address: string;
  roles: string[];
  status: string;
  reachable: boolean;
  /** Null when it did not tell in time, as the rest. */
  shards: number | null;
  dialogs: number | null;
  shardDialogs: { shard: string; dialogs: number }[];
  ingest: { rate: number; received: number; persisted: number; inFlight: number; lagMs: number } | null;
  vitals: { loadPercent: number; heapBytes: number; heapMostBytes: number; uptimeSeconds: number } | null;
}

export interface ClusterState {
  self: string;
  leader: string | null;
  version: string | null;
  /** How many shards there can be. */
  shardCount: number;
  members: Member[];
}

export function clusterState(signal: AbortSignal): Promise<ClusterState> {
  return get('/api/cluster', signal);
}

/** What status/report tells: groups of identifiers. */
export interface Reports {
  Name: string;
  Identifiers: { Name: string; Reports: { Timestamp: number; Date: string; Log: string }[] }[];
}

export interface Statuses {
  Name: string;
  Identifiers: { Name: string; Readiness: boolean; Status: number; Details?: string }[];
}

export function reports(signal: AbortSignal): Promise<Reports[]> {
  return mi({ method: 'sr_list_reports', params: {} }, signal);
}

export function statuses(signal: AbortSignal): Promise<Statuses[]> {
  return mi({ method: 'sr_list_status', params: {} }, signal);
}

export async function capturing(signal: AbortSignal): Promise<boolean> {
  const answer = await mi<{ 'SIP capturing': string }>({ method: 'sip_capture', params: {} }, signal);
  return answer['SIP capturing'] === 'on';
}
