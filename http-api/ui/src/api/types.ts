/** What the server answers: the public contract. Times are RFC 3339 UTC with nanoseconds, durations milliseconds. */

export type Phase =
  | 'trying'
  | 'early'
  | 'confirmed'
  | 'terminated'
  | 'failed'
  | 'cancelled'
  | 'expired';

export type Level = 'good' | 'warn' | 'bad' | 'info';

export interface Verdict {
  level: Level;
  title: string;
  detail: string;
  /** Sequence numbers of the messages that show it. */
  evidence: number[];
  /** As /api/verdict/rules has it. */
  rule: string;
  version?: number;
  /** Address of the host that it is about. */
  where?: string | null;
  /** What to look at next. */
  check?: string | null;
  /** What each message of the evidence shows. */
  notes?: { seq: number; text: string }[];
}

export interface Dialog {
  /** Usable in paths even where the messages have no Call-ID. */
  key: string;
  callId: string;
  startedAt: string;
  updatedAt: string;
  endedAt: string | null;
  phase: Phase;
  method: string;
  caller: string;
  callee: string;
  fromTag: string;
  toTags: string[];
  ruri: string;
  source: string;
  destination: string;
  trunk: string | null;
  userAgent: string;
  status: number | null;
  messages: number;
  retransmissions: number;
  setupMs: number | null;
  ringMs: number | null;
  durationMs: number | null;
  agents: string[];
  verdict: Verdict;
  /** What of it cannot be read, one sentence; null when it is sound. */
  damaged: string | null;
}

export interface Media {
  kind: string;
  address: string;
  port: number;
  protocol: string;
  codecs: string[];
  direction: string;
}

export interface Message {
  key: string;
  /** Its place in the order of storing, from 1. */
  seq: number;
  time: string;
  receivedAt: string;
  transport: string;
  source: string;
  destination: string;
  agent: string;
  sourceKind: string;
  method: string | null;
  status: number | null;
  reason: string | null;
  cseq: number | null;
  cseqMethod: string;
  fromTag: string;
  toTag: string;
  branch: string;
  callId: string;
  size: number;
  sha256: string;
  retransmission: boolean;
  sdp: { media: Media[] } | null;
}

export interface RawMessage extends Message {
  /** The SIP bytes as base64. */
  raw: string;
}

export interface Column {
  address: string;
  name: string | null;
}

/** A message with the columns it runs between. */
export interface Arrow extends Message {
  from: number;
  to: number;
}

export interface Ladder {
  dialog: Dialog;
  columns: Column[];
  /** In causal order. */
  arrows: Arrow[];
  verdict: Verdict;
  /** Whether there are more messages than the server draws at once. */
  truncated?: boolean;
}

export interface DialogPage {
  dialogs: Dialog[];
  next: string | null;
}

export interface MessagePage {
  messages: Message[];
  next: string | null;
}

export interface ImportReport {
  packets: number;
  messages: number;
  dialogs: number;
  malformed: number;
  duplicates: number;
}

export interface Cluster {
  /** `pekko://sipscope@10.0.0.1:7355` */
  self: string;
  members: { address: string; status: string; reachable: boolean }[];
}
