/** A message as it is read, taken apart for the eye; a page is no parser, and anything at all may come. */
export interface Parts {
  start: string;
  headers: { name: string; value: string }[];
  body: string;
}

/** Folded lines (RFC 3261 §7.3.1) belong to their header. */
export function parts(text: string): Parts {
  const end = text.search(/\n[ \t]*\n|\n$/);
  const head = (end < 0 ? text : text.slice(0, end)).split('\n');
  const body = end < 0 ? '' : text.slice(end).replace(/^\n[ \t]*\n?/, '');
  const headers: Parts['headers'] = [];
  for (const line of head.slice(1)) {
    const last = headers.at(-1);
    if (/^[ \t]/.test(line) && last) last.value += `\n${line.trim()}`;
    else {
      const colon = line.indexOf(':');
      headers.push(
        colon < 0
          ? { name: '', value: line }
          : { name: line.slice(0, colon).trimEnd(), value: line.slice(colon + 1).trim() },
      );
    }
  }
  return { start: head[0] ?? '', headers, body };
}

export type SpanKind = 'name' | 'punctuation' | 'uri' | 'plain';

export interface Span {
  kind: SpanKind;
  text: string;
}

const MARKS = /(?<uri>(?:sips?|tel|urn):[^\s>;,"]+)|(?<punctuation><|>|;[\w.-]+=?)/gi;

/** A header's value in the parts that are told apart by colour. Together they are the value again. */
export function spans(value: string): Span[] {
  const found: Span[] = [];
  let at = 0;
  for (const match of value.matchAll(MARKS)) {
    if (match.index > at) found.push({ kind: 'plain', text: value.slice(at, match.index) });
    found.push({ kind: match.groups?.uri === undefined ? 'punctuation' : 'uri', text: match[0] });
    at = match.index + match[0].length;
  }
  if (at < value.length) found.push({ kind: 'plain', text: value.slice(at) });
  return found;
}
