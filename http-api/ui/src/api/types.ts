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
  /** What to look at next, one sentence. */
  check?: string | null;
  /** What the evidence shows, in the order to read it. */
  notes?: { seq: number; text: string }[];
}

export interface VerdictRule {
  rule: string;
  version: number;
  level: Level;
  /** When it is said. */
  when: string;
  check: string | null;
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
  /** How near it is to what was asked for; only where dialogs near a time are. */
  nearness?: Nearness | null;
}

export interface Nearness {
  /** Negative where it began before the time asked for. */
  offsetMs: number;
  matches: ('from' | 'to')[];
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
  trunk: string | null;
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
  /** All that the host was seen as. */
  addresses?: string[];
}

/** A message with the columns it runs between. */
export interface Arrow extends Message {
  from: number;
  to: number;
  /** Which of the ladder's legs it is of, from 0. */
  leg: number;
}

export interface Ladder {
  dialog: Dialog;
  columns: Column[];
  /** In causal order. */
  arrows: Arrow[];
  verdict: Verdict;
  /** The dialogs that are drawn, the asked one first. */
  legs: { key: string; callId: string; caller: string; callee: string }[];
  /** Whether there are more messages than the server draws at once. */
  truncated?: boolean;
}

export interface LegEdge {
  a: string;
  b: string;
  kind: string;
  /** One sentence. */
  evidence: string;
  /** 0 to 1. */
  confidence: number;
  messages: { key: string; seq: number }[];
}

export interface Legs {
  /** The asked one first; each with how sure it is that it belongs to that one. */
  legs: (Dialog & { confidence?: number })[];
  edges: LegEdge[];
  /** Whether all there are were found, and why not, a sentence each. */
  complete: boolean;
  missing?: string[];
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

/** Dialogs by when they began, in steps of one length. */
export interface Timeline {
  start: string;
  end: string;
  stepMs: number;
  /** Null where the server had no time left to count. */
  buckets: { at: string; dialogs: number | null; failed: number | null }[];
  complete: boolean;
}

/** What share of the traffic that matches is sent, a second. */
export interface LiveRate {
  matched: number;
  shown: number;
  /** From 0 to 1; of dialogs, each with all its messages. */
  share: number;
}

/** One message in the shape of a dialog. */
export interface ShapeBar {
  byCaller: boolean;
  method: string | null;
  status: number | null;
  retransmission: boolean;
}
