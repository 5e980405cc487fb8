import { describe, expect, test } from 'vitest';
import { align } from './align';
import { concern } from './concern';
import { compare, type DiffRow } from './diff';
import { sameName, wholeName } from './names';
import { parts } from './sip';

function compared(left: string, right: string): DiffRow[] {
  return compare(parts(left), parts(right));
}

function differing(rows: DiffRow[]): [string, string | undefined, string | undefined][] {
  const told = (side: DiffRow['left']) => side?.filter((piece) => piece.differs).map((piece) => piece.text).join('|');
  return rows.filter((row) => !row.same).map((row) => [row.name, told(row.left), told(row.right)]);
}

describe('two messages', () => {
  const OPTIONS = 'OPTIONS sip:a SIP/2.0\n';

  test('that are the same differ in nothing', () => {
    const message = `${OPTIONS}Via: x\nVia: y\nTo: a\n\nv=0\n`;
    expect(compared(message, message).every((row) => row.same)).toBe(true);
    expect(compared(message, message)).toHaveLength(5);
  });

  test('differ by parameters, not by whole values', () => {
    const rows = compared(
      `${OPTIONS}From: "A;B" <sip:a@x;lr>;tag=1;x=y\n\n`,
      `${OPTIONS}From: "A;B" <sip:a@x;lr>;x=y;tag=2\n\n`,
    );
    expect(differing(rows)).toEqual([['From', ';tag=1', ';tag=2']]);
  });

  test('keep equal hops together where one was added', () => {
    const rows = compared(`${OPTIONS}Via: A;branch=1\n\n`, `${OPTIONS}Via: B;branch=2\nVia: A;branch=1\n\n`);
    expect(rows.map((row) => [row.left?.[0]?.text, row.right?.[0]?.text, row.same])).toEqual([
      ['OPTIONS sip:a SIP/2.0', 'OPTIONS sip:a SIP/2.0', true],
      [undefined, 'B;branch=2', false],
      ['A;branch=1', 'A;branch=1', true],
    ]);
  });

  test('have the same headers under short names, in any case and order', () => {
    expect(differing(compared(`${OPTIONS}v: x\nCALL-ID: 1\n\n`, `${OPTIONS}i: 1\nVia: x\n\n`))).toEqual([]);
  });

  test('have lists in which order says nothing', () => {
    expect(differing(compared(`${OPTIONS}Allow: INVITE, ACK\n\n`, `${OPTIONS}Allow: ACK, BYE,INVITE\n\n`))).toEqual([
      ['Allow', '', ', BYE'],
    ]);
  });

  test('show what only one of them has where it stands', () => {
    const rows = compared(`${OPTIONS}To: a\nCSeq: 1\n\n`, `${OPTIONS}To: a\nContact: b\nCSeq: 1\n\n`);
    expect(rows.map((row) => row.name)).toEqual(['', 'To', 'Contact', 'CSeq']);
    expect(rows[2]).toMatchObject({ left: null, right: [{ text: 'b', differs: true }], same: false });
  });

  test('differ by the words of their start lines and by the lines of their bodies', () => {
    const rows = compared('SIP/2.0 200 OK\n\nv=0\nm=1\na=x\n', 'SIP/2.0 183 OK\n\nv=0\na=x\na=y\n');
    expect(differing(rows)).toEqual([
      ['', ' 200', ' 183'],
      ['', 'm=1', undefined],
      ['', undefined, 'a=y'],
    ]);
  });

  test('are text again when their pieces are put together', () => {
    const value = '"\\"q;" <sip:a;b>;tag="x;y";z';
    const [, row] = compared(`${OPTIONS}To: ${value}\n\n`, `${OPTIONS}To: other\n\n`);
    expect(row?.left?.map((piece) => piece.text).join('')).toBe(value);
  });

  test('of nothing are nothing', () => {
    expect(compared('', '')).toEqual([
      { part: 'start', name: '', left: [{ text: '', differs: false }], right: [{ text: '', differs: false }], same: true },
    ]);
  });
});

test('what is too long to compare is paired in its order', () => {
  const long = Array.from({ length: 1000 }, (_, index) => index);
  expect(align(long, long.slice(1), (a, b) => a === b)[0]).toEqual([0, 1]);
  expect(align(long.slice(0, 100), long.slice(1, 100), (a, b) => a === b)[0]).toEqual([0, null]);
});

test('short names of headers are known, and names of properties are none', () => {
  expect(['v', 'I', 'X-Own', 'constructor'].map(wholeName)).toEqual(['Via', 'Call-ID', 'X-Own', 'constructor']);
  expect(sameName('M')).toBe(sameName('contact'));
});

describe('the note of a verdict', () => {
  const message = parts('SIP/2.0 200 OK\nTo: a\nm: <sip:b@10.20.4.17>\nX: 1\n\nv=0\nc=IN IP4 10.20.4.17\nm=audio 4000\n');

  test.each([
    ['Contact is private', [1], []],
    ['ACK to 10.20.4.17', [], []],
    ['To has no tag', [0], []],
    ['media go to 10.20.4.17', [], [1]],
    ['media go to 10.20.4.1', [], []],
    ['200 OK ×10', [], []],
  ])('%s', (note, headers, lines) => {
    expect(concern([note], message)).toEqual({ headers: new Set(headers), lines: new Set(lines) });
  });
});
