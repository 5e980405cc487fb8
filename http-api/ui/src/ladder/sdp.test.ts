import { expect, test } from 'vitest';
import type { Arrow } from '../api/types';
import { arrows, describing } from './call.fixture';
import { sdpNotes } from './sdp';

/** What is said of one description after the other, each by the caller. */
function said(...descriptions: string[]): string[] {
  const [invite] = arrows('0 0>1 INVITE') as [Arrow];
  const call = descriptions.map((media) => describing(invite, ...media.split('; ')));
  const notes = sdpNotes(call);
  return call.map((arrow) => notes.get(arrow)?.short ?? '');
}

const BEFORE = 'PCMA/8000 sendrecv 192.0.2.1:4000';

test.each([
  ['opus/48000/2,PCMA/8000,telephone-event/8000 sendrecv 192.0.2.1:4000', 'SDP opus +1'],
  ['PCMA/8000 sendonly 192.0.2.1:4000', 'SDP PCMA hold'],
  ['PCMA/8000 inactive 192.0.2.1:4000', 'SDP PCMA hold'],
  ['PCMA/8000 sendrecv 0.0.0.0:4000', 'SDP PCMA hold'],
  ['PCMA/8000 recvonly 192.0.2.1:4000', 'SDP PCMA recvonly'],
  ['PCMA/8000 sendrecv 192.0.2.1:0', 'SDP PCMA refused'],
  ['PCMA/8000 sendrecv 192.0.2.9:4000', 'SDP PCMA at 192.0.2.9'],
  ['PCMA/8000 sendrecv 192.0.2.1:4002', 'SDP PCMA port 4002'],
  ['PCMA/8000 sendrecv 192.0.2.1:4000; VP8/90000 sendrecv 192.0.2.1:4100', 'SDP PCMA +video'],
  [BEFORE, 'SDP PCMA'],
])('%s is %s', (media, expected) => {
  expect(said(BEFORE, media)[1]).toBe(expected);
});

test('what was on hold is resumed', () => {
  expect(said(BEFORE, 'PCMA/8000 sendonly 192.0.2.1:4000', BEFORE)[2]).toBe('SDP PCMA resumed');
});

test('the answer of the other party is no change of the offer', () => {
  const [invite, ok] = arrows('0 0>1 INVITE\n1 1>0 200 OK') as [Arrow, Arrow];
  const call = [describing(invite, BEFORE), describing({ ...ok, toTag: 't' }, 'PCMA/8000 sendrecv 192.0.2.2:5000')];
  expect(sdpNotes(call).get(call[1] as Arrow)?.short).toBe('SDP PCMA');
});

test('one without media says so, and a message without one says nothing', () => {
  const [invite, ok] = arrows('0 0>1 INVITE\n1 1>0 200 OK') as [Arrow, Arrow];
  const empty = { ...invite, sdp: { media: [] } };
  expect(sdpNotes([empty, ok])).toEqual(new Map([[empty, { short: 'SDP', long: 'describes no media' }]]));
});
