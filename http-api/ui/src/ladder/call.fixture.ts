import type { Arrow, Column } from '../api/types';

/** Columns named by their letters: `a` is 192.0.2.1. */
export function columns(...names: string[]): Column[] {
  return names.map((name, index) => ({ name, address: `192.0.2.${index + 1}` }));
}

const START = Date.parse('2026-11-20T14:06:52Z');

/** The message with a description of its media: `PCMA/8000 sendonly 192.0.2.9:4000`. */
export function describing(arrow: Arrow, ...media: string[]): Arrow {
  const described = media.map((line) => {
    const [codecs = '', direction = '', at = ''] = line.split(' ');
    const colon = at.lastIndexOf(':');
    return {
      kind: codecs.startsWith('VP8') ? 'video' : 'audio',
      address: at.slice(0, colon),
      port: Number(at.slice(colon + 1)),
      protocol: 'RTP/AVP',
      codecs: codecs.split(','),
      direction,
    };
  });
  return { ...arrow, sdp: { media: described } };
}

/** Writes a call down as lines of `seconds from>to message`, `again` marking a retransmission. */
export function arrows(script: string): Arrow[] {
  return script
    .trim()
    .split('\n')
    .map((line, index) => {
      const parts = /^(\S+) (\d)>(\d) (?:(\d{3}) )?(.+?)( again)?$/.exec(line.trim());
      if (!parts) throw new Error(`no such line of a call: ${line}`);
      const [, seconds, from, to, status, what, again] = parts;
      const time = new Date(START + Number(seconds) * 1000).toISOString();
      return {
        key: 'call',
        seq: index + 1,
        time,
        receivedAt: time,
        transport: 'udp',
        source: `192.0.2.${Number(from) + 1}:5060`,
        destination: `192.0.2.${Number(to) + 1}:5060`,
        agent: '2001',
        sourceKind: 'hep',
        trunk: null,
        method: status ? null : (what ?? null),
        status: status ? Number(status) : null,
        reason: status ? (what ?? null) : null,
        cseq: 1,
        cseqMethod: status || what === 'ACK' ? 'INVITE' : (what ?? ''),
        fromTag: 'f',
        toTag: '',
        branch: 'z9hG4bK1',
        callId: 'call',
        size: 400,
        sha256: '',
        retransmission: again !== undefined,
        sdp: null,
        from: Number(from),
        to: Number(to),
        leg: 0,
      };
    });
}
