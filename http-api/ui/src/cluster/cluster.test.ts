import { expect, test } from 'vitest';
import type { Member } from '../api/cluster';
import { cells, health, RESTING, stateOf } from './told';

const MEMBER: Member = {
  address: 'pekko://s@10.0.0.1:7355', roles: [], status: 'up', reachable: true, shards: 2, dialogs: 4,
  shardDialogs: [{ shard: '10', dialogs: 4 }, { shard: '2', dialogs: 0 }], ingest: null, vitals: null,
};

test('a node is what its status says, and whether it leads or is not heard', () => {
  expect(stateOf(MEMBER, MEMBER.address)).toBe('Up, leader');
  expect(stateOf({ ...MEMBER, reachable: false }, MEMBER.address)).toBe('Up, not reached');
  expect(stateOf({ ...MEMBER, status: 'weaklyup' }, null)).toBe('Weakly up');
});

test('the sentence on all nodes names the worst', () => {
  const of = (...members: Member[]) => health({ self: '', leader: null, version: null, shardCount: 100, members });
  expect(of(MEMBER)).toEqual({ tone: 'good', text: 'This node is alone' });
  expect(of(MEMBER, { ...MEMBER, status: 'joining' }).text).toBe('1 node coming or going');
  expect(of(MEMBER, { ...MEMBER, reachable: false }, { ...MEMBER, status: 'joining' })).toEqual({
    tone: 'bad', text: '1 node of 3 not reached',
  });
});

test('shards are in the order of their numbers, stronger where more is awake', () => {
  expect(cells([MEMBER], 3)).toEqual([
    { shard: '2', member: 0, dialogs: 0, strength: 0.35 },
    { shard: '10', member: 0, dialogs: 4, strength: 1 },
    { shard: 'resting 0', member: RESTING, dialogs: 0, strength: 1 },
  ]);
  expect(cells([], 0)).toEqual([]);
});
