/** A call to look at before there is any: what an agent would have seen of it, as a pcap file. */

interface Line {
  /** Milliseconds after the first message. */
  at: number;
  byCaller: boolean;
  method: 'INVITE' | 'ACK' | 'BYE';
  /** Of an answer. */
  status?: string;
  /** The port that its sender offers for audio. */
  media?: number;
}

const CALLER = { ip: [198, 51, 100, 24], user: '+442079460112' };
const CALLEE = { ip: [203, 0, 113, 5], user: '+442079460187' };
const RAW_IPV4 = 228;

const LINES: readonly Line[] = [
  { at: 0, byCaller: true, method: 'INVITE', media: 4000 },
  { at: 4, byCaller: false, method: 'INVITE', status: '100 Trying' },
  { at: 310, byCaller: false, method: 'INVITE', status: '180 Ringing' },
  { at: 2900, byCaller: false, method: 'INVITE', status: '200 OK', media: 6000 },
  { at: 2931, byCaller: true, method: 'ACK' },
  { at: 34_500, byCaller: true, method: 'BYE' },
  { at: 34_522, byCaller: false, method: 'BYE', status: '200 OK' },
];
const LENGTH = 35_000;

/** @param now milliseconds since the epoch: the call has just ended */
export function sampleCall(now: number, tag: string): Uint8Array<ArrayBuffer> {
  const first = now - LENGTH;
  const packets = LINES.map((line) => ({ line, data: new TextEncoder().encode(message(line, tag)) }));
  const size = packets.reduce((sum, { data }) => sum + 16 + 28 + data.length, 24);
  const file = new DataView(new ArrayBuffer(size));
  const words = [0xa1b2c3d4, 0x00020004, 0, 0, 65_535, RAW_IPV4];
  words.forEach((word, index) => file.setUint32(4 * index, word));
  let at = 24;
  for (const { line, data } of packets) {
    const time = first + line.at;
    const length = 28 + data.length;
    [Math.floor(time / 1000), (time % 1000) * 1000, length, length].forEach((word, index) => file.setUint32(at + 4 * index, word));
    ipv4(file, at + 16, length, line.byCaller);
    new Uint8Array(file.buffer).set(data, at + 44);
    at += 16 + length;
  }
  return new Uint8Array(file.buffer);
}

/** RFC 791 and RFC 768: headers without checksums, which say that there is none. */
function ipv4(file: DataView, at: number, length: number, byCaller: boolean): void {
  file.setUint16(at, 0x4500);
  file.setUint16(at + 2, length);
  file.setUint16(at + 8, 0x4011);
  const [from, to] = byCaller ? [CALLER, CALLEE] : [CALLEE, CALLER];
  from.ip.forEach((byte, index) => file.setUint8(at + 12 + index, byte));
  to.ip.forEach((byte, index) => file.setUint8(at + 16 + index, byte));
  file.setUint16(at + 20, 5060);
  file.setUint16(at + 22, 5060);
  file.setUint16(at + 24, length - 20);
}

function message({ at, byCaller, method, status, media }: Line, tag: string): string {
  const caller = CALLER.ip.join('.');
  const callee = CALLEE.ip.join('.');
  const body = media === undefined ? '' : sdp(byCaller ? caller : callee, media);
  const toTag = at === 0 || status === '100 Trying' ? '' : `;tag=${tag}b`;
  return [
    status === undefined ? `${method} sip:${CALLEE.user}@${callee} SIP/2.0` : `SIP/2.0 ${status}`,
    `Via: SIP/2.0/UDP ${caller}:5060;branch=z9hG4bK${tag}${method}`,
    ...(status === undefined ? ['Max-Forwards: 70', 'User-Agent: Sipscope sample'] : []),
    `From: <sip:${CALLER.user}@${caller}>;tag=${tag}a`,
    `To: <sip:${CALLEE.user}@${callee}>${toTag}`,
    `Call-ID: sample-${tag}@${caller}`,
    `CSeq: ${method === 'BYE' ? 2 : 1} ${method}`,
    `Contact: <sip:${byCaller ? caller : callee}:5060>`,
    ...(body === '' ? [] : ['Content-Type: application/sdp']),
    `Content-Length: ${body.length}`,
    '',
    body,
  ].join('\r\n');
}

function sdp(host: string, port: number): string {
  return [
    'v=0',
    `o=- 1 1 IN IP4 ${host}`,
    's=-',
    `c=IN IP4 ${host}`,
    't=0 0',
    `m=audio ${port} RTP/AVP 8 0 101`,
    'a=rtpmap:101 telephone-event/8000',
    'a=sendrecv',
    '',
  ].join('\r\n');
}
