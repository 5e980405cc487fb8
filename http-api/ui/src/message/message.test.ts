import { describe, expect, test } from 'vitest';
import { dump, fromBase64, masked, shown } from './bytes';
import { parts, spans } from './sip';

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

describe('credentials', () => {
  const challenge = 'REGISTER sip:a SIP/2.0\r\nCall-ID: response="b"\r\n';

  test('of Digest hide the proof and leave the rest to read', () => {
    const message = bytes(`${challenge}Authorization: Digest username="bob",\r\n response="6629fae4", nonce="n"\r\n\r\n`);
    expect(shown(masked(message))).toBe(
      'REGISTER sip:a SIP/2.0\nCall-ID: response="b"\nAuthorization: Digest username="bob",\n response="********", nonce="n"\n\n',
    );
  });

  test('of other schemes hide altogether', () => {
    expect(shown(masked(bytes('proxy-authorization : Basic Ym9iOnNlY3JldA==\r\nTo: x')))).toBe(
      'proxy-authorization : Basic ****************\nTo: x',
    );
  });

  test('that are not there leave the bytes as they are', () => {
    const message = bytes(challenge);
    expect(masked(message)).toBe(message);
  });

  test('beside bytes that are no text leave those as they are', () => {
    const message = new Uint8Array([0xff, 0x0a, ...bytes('Authorization: Bearer tok'), 0x0a, 0xc3]);
    const hidden = masked(message);
    expect(hidden.length).toBe(message.length);
    expect([hidden[0], hidden.at(-1)]).toEqual([0xff, 0xc3]);
    expect(shown(hidden)).toContain('Bearer ***');
  });
});

describe('hostile text', () => {
  test('shows its control characters and direction marks', () => {
    expect(shown(bytes('a\0b\x1b[31m\x7f\u202egnp'))).toBe('a␀b␛[31m␡\\u202egnp');
  });

  test('keeps its lines, bare LF as well', () => {
    expect(shown(bytes('a\r\nb\nc\td'))).toBe('a\nb\nc\td');
  });

  test('that is no UTF-8 is replaced, not refused', () => {
    expect(shown(new Uint8Array([0x61, 0xff]))).toBe('a\ufffd');
  });
});

describe('parts of a message', () => {
  test('are start line, headers with their folds, and body', () => {
    const read = parts('INVITE sip:b SIP/2.0\nVia: SIP/2.0/UDP a\n ;branch=1\nSubject:\n\nv=0\n\ns=-\n');
    expect(read.start).toBe('INVITE sip:b SIP/2.0');
    expect(read.headers).toEqual([
      { name: 'Via', value: 'SIP/2.0/UDP a\n;branch=1' },
      { name: 'Subject', value: '' },
    ]);
    expect(read.body).toBe('v=0\n\ns=-\n');
  });

  test.each([
    ['', { start: '', headers: [], body: '' }],
    ['\n\n', { start: '', headers: [], body: '' }],
    ['no colon here\nnor here', { start: 'no colon here', headers: [{ name: '', value: 'nor here' }], body: '' }],
    ['OPTIONS x SIP/2.0\nTo: a\n', { start: 'OPTIONS x SIP/2.0', headers: [{ name: 'To', value: 'a' }], body: '' }],
  ])('of %j', (text, expected) => {
    expect(parts(text)).toEqual(expected);
  });

  test('coloured are the whole value again', () => {
    const value = '"Bob" <sip:+351210000188@meridian.example.net;lr>;tag=314159, x;=';
    expect(spans(value).map((span) => span.text).join('')).toBe(value);
    expect(spans('<sip:a@b>;tag=1').map((span) => span.kind)).toEqual([
      'punctuation', 'uri', 'punctuation', 'punctuation', 'plain',
    ]);
  });
});

test('bytes are dumped with offset, hex and text', () => {
  expect(dump(fromBase64(btoa('SIP/2.0 200 OK\r\n')))).toBe(
    '0000  53 49 50 2f 32 2e 30 20 32 30 30 20  SIP/2.0 200 \n' + '000c  4f 4b 0d 0a                          OK··',
  );
});
