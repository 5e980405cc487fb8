import type { ClusterState, Member } from '../api/cluster';
import { counted } from '../wire/count';

export const TONES = ['accent', 'info', 'violet', 'good', 'warn', 'ink-3'] as const;

/** `10.0.0.1:7355` of `pekko://sipscope@10.0.0.1:7355` */
export function place(address: string): string {
  return address.replace(/^.*@/, '');
}

/** `Up, leader`, `Up, not reached` */
export function stateOf(member: Member, leader: string | null): string {
  const status = member.status === 'weaklyup' ? 'Weakly up' : member.status.charAt(0).toUpperCase() + member.status.slice(1);
  if (!member.reachable) return `${status}, not reached`;
  return member.address === leader ? `${status}, leader` : status;
}

/** One sentence on all nodes, and how bad it is. */
export function health({ members }: ClusterState): { tone: 'good' | 'warn' | 'bad'; text: string } {
  const lost = members.filter(({ reachable }) => !reachable).length;
  if (lost > 0) return { tone: 'bad', text: `${counted(lost, 'node')} of ${members.length} not reached` };
  const coming = members.filter(({ status }) => status !== 'up').length;
  if (coming > 0) return { tone: 'warn', text: `${counted(coming, 'node')} coming or going` };
  return { tone: 'good', text: members.length === 1 ? 'This node is alone' : 'All nodes reachable' };
}

/** The member that a shard has which nobody asked for yet. */
export const RESTING = -1;

export interface Cell {
  shard: string;
  /** Which member, by its place. */
  member: number;
  dialogs: number;
  /** From 0.35 to 1: stronger means more dialogs that are awake. */
  strength: number;
}

/** Every shard that is at work, by member and number, with who has it; then those that rest. */
export function cells(members: Member[], shardCount: number): Cell[] {
  const found = members.flatMap(({ shardDialogs }, member) => shardDialogs.map(({ shard, dialogs }) => ({ shard, member, dialogs })));
  const most = Math.max(1, ...found.map(({ dialogs }) => dialogs));
  const working = found
    .map((cell) => ({ ...cell, strength: 0.35 + 0.65 * (cell.dialogs / most) }))
    .sort((a, b) => a.member - b.member || Number(a.shard) - Number(b.shard));
  const resting = Array.from({ length: Math.max(0, shardCount - working.length) }, (_, index) => ({
    shard: `resting ${index}`,
    member: RESTING,
    dialogs: 0,
    strength: 1,
  }));
  return [...working, ...resting];
}
