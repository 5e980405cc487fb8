import { expect, test } from 'vitest';
import { sampleCall } from './sample';

test('the sample call is a pcap file whose packets fill it', () => {
  const file = sampleCall(1_795_183_612_000, 'x1');
  const view = new DataView(file.buffer);
  expect(view.getUint32(0)).toBe(0xa1b2c3d4);
  const seen: string[] = [];
  let at = 24;
  while (at < file.length) {
    const length = view.getUint32(at + 8);
    expect(view.getUint16(at + 18)).toBe(length);
    expect(view.getUint16(at + 16 + 24)).toBe(length - 20);
    const sip = new TextDecoder().decode(file.slice(at + 44, at + 16 + length));
    const [head = '', body = ''] = sip.split('\r\n\r\n');
    expect(Number(/Content-Length: (\d+)/.exec(head)?.[1])).toBe(body.length);
    seen.push(head.split('\r\n')[0] ?? '');
    at += 16 + length;
  }
  expect(at).toBe(file.length);
  expect(seen.map((line) => line.replace(/ sip:.*/, ''))).toEqual([
    'INVITE', 'SIP/2.0 100 Trying', 'SIP/2.0 180 Ringing', 'SIP/2.0 200 OK', 'ACK', 'BYE', 'SIP/2.0 200 OK',
  ]);
});

test('the sample call has just ended', () => {
  const view = new DataView(sampleCall(1_795_183_612_000, 'x').buffer);
  expect(view.getUint32(24)).toBe(1_795_183_612 - 35);
});
