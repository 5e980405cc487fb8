import type { Arrow, Media } from '../api/types';

/** What a session description says, as short as it can be said, and as a sentence. */
export interface SdpNote {
  short: string;
  long: string;
}

/**
 * What each description says, and what it changes of the one before it by the same party: hold, address, port.
 * A party is a tag, as one description is seen on several hops.
 */
export function sdpNotes(arrows: Arrow[]): ReadonlyMap<Arrow, SdpNote> {
  const notes = new Map<Arrow, SdpNote>();
  const before = new Map<string, Media[]>();
  for (const arrow of arrows) {
    if (!arrow.sdp) continue;
    const party = `${arrow.leg} ${arrow.status === null ? arrow.fromTag : arrow.toTag}`;
    notes.set(arrow, note(arrow.sdp.media, before.get(party) ?? null));
    before.set(party, arrow.sdp.media);
  }
  return notes;
}

function note(media: Media[], before: Media[] | null): SdpNote {
  const [main] = media;
  if (!main) return { short: 'SDP', long: 'describes no media' };
  const codecs = main.codecs.filter((codec) => !/^(telephone-event|cn)\b/i.test(codec)).map(codecName);
  const more = codecs.length > 1 ? ` +${codecs.length - 1}` : '';
  const others = media.slice(1).map((each) => each.kind);
  const change = changed(main, before?.[0] ?? null);
  const short = [`SDP ${codecs[0] ?? main.kind}${more}`, ...others.slice(0, 1).map((kind) => `+${kind}`), change];
  const long = [
    `${main.kind} ${codecs.join(', ') || 'without codecs'} at ${main.address || 'no address'}:${main.port}`,
    ...others,
    main.direction === 'sendrecv' ? '' : main.direction,
    change,
  ];
  return { short: short.filter(Boolean).join(' '), long: long.filter(Boolean).join(', ') };
}

/** `PCMA` of `PCMA/8000`. */
function codecName(codec: string): string {
  return codec.split('/')[0] ?? codec;
}

function changed(now: Media, before: Media | null): string {
  if (now.port === 0) return 'refused';
  if (held(now)) return 'hold';
  if (now.direction === 'recvonly') return 'recvonly';
  if (before && (held(before) || before.direction === 'recvonly')) return 'resumed';
  if (before && before.address !== now.address) return `at ${now.address}`;
  if (before && before.port !== now.port && before.port !== 0) return `port ${now.port}`;
  return '';
}

/** RFC 3264 §8.4, and the older way of an address of zeros. */
function held(media: Media): boolean {
  return media.direction === 'sendonly' || media.direction === 'inactive' || media.address === '0.0.0.0';
}
