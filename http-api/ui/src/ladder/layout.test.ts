import { describe, expect, test } from 'vitest';
import type { Arrow } from '../api/types';
import { arrows, columns, describing } from './call.fixture';
import { GEOMETRY, type ArrowRow, type Row } from './geometry';
import { layout, visible } from './layout';

const ANSWERED = `
  0.000 0>1 INVITE
  0.001 1>0 100 Trying
  0.004 1>2 INVITE
  1.212 2>1 180 Ringing
  1.300 2>1 200 OK`;

function arrowRows(rows: Row[]): ArrowRow[] {
  return rows.filter((row) => row.kind === 'arrow');
}

describe('lanes', () => {
  test('the first lane stands at 150 and the others follow at the pitch that fills the width', () => {
    const four = layout({ columns: columns('a', 'b', 'c', 'd'), arrows: [] }, 754);
    expect(four.lanes.map((lane) => lane.x)).toEqual([150, 328, 506, 684]);
    expect(four.width).toBe(754);
  });

  test('the pitch is never below 132, so a narrow ladder grows beyond its width', () => {
    const narrow = layout({ columns: columns(...'abcdefgh'), arrows: [] }, 400);
    expect(narrow.pitch).toBe(132);
    expect(narrow.width).toBe(150 + 7 * 132 + 70);
  });

  test('the pitch is never above 240', () => {
    expect(layout({ columns: columns('a', 'b'), arrows: [] }, 2000).pitch).toBe(240);
  });

  test('an endpoint that was never seen sending is not observed', () => {
    const call = { columns: [{ address: '10.20.4.17', name: null }, ...columns('b')], arrows: arrows('0 1>0 ACK') };
    const [lost, seen] = layout(call, 754).lanes;
    expect(lost).toMatchObject({ name: 'Not observed', address: '10.20.4.17', observed: false });
    expect(seen).toMatchObject({ name: 'b', observed: true });
  });

  test('long names and addresses are cut to the pitch, not in what is said', () => {
    const address = '[2001:db8:1111:2222:3333:4444:5555:6666]:5060';
    const call = { columns: [{ address, name: 'x'.repeat(80) }, ...columns('b')], arrows: [] };
    const [long] = layout(call, 300).lanes;
    expect(long?.address).toBe(address);
    expect([long?.head.name.length, long?.head.address.length]).toEqual([18, 17]);
  });

  test('a ladder without messages is a header', () => {
    expect(layout({ columns: [], arrows: [] }, 754)).toMatchObject({ rows: [], lanes: [], height: 80 });
  });
});

describe('rows', () => {
  const { rows, height } = layout({ columns: columns('a', 'b', 'c'), arrows: arrows(ANSWERED) }, 754);

  test('are evenly spaced below the header, whatever the time between them', () => {
    expect(arrowRows(rows).slice(0, 3).map((row) => row.y)).toEqual([84, 112, 140]);
  });

  test('a silence of half a second is a gap of 15 with its length', () => {
    expect(rows[3]).toEqual({ kind: 'gap', y: 140, text: '1.2 s' });
    expect(rows[4]).toMatchObject({ kind: 'arrow', y: 140 + GEOMETRY.gap + GEOMETRY.row });
    expect(height).toBe(211 + 24);
  });

  test('carry seconds from the first message, three decimals', () => {
    expect(arrowRows(rows).map((row) => row.time)).toEqual(['0.000', '0.001', '0.004', '1.212', '1.300']);
  });

  test('a message that is before the first by clock is negative, not a gap', () => {
    const call = { columns: columns('a', 'b'), arrows: arrows('5 0>1 INVITE\n1 1>0 100 Trying') };
    expect(layout(call, 754).rows).toMatchObject([{ time: '0.000' }, { kind: 'arrow', time: '-4.000' }]);
  });

  test('say a time of day further right, where its text ends', () => {
    const call = { columns: columns('a', 'b'), arrows: arrows(ANSWERED) };
    const clock = layout(call, 754, { time: 'clock' });
    expect(clock.timeEnd).toBeGreaterThan(layout(call, 754).timeEnd);
    expect(arrowRows(clock.rows)[0]?.time).toMatch(/:52\.000$/);
  });

  test('of two dialogs name the letter of theirs', () => {
    const [one, two] = arrows('0 0>1 INVITE\n0 1>0 200 OK') as [Arrow, Arrow];
    const both = layout({ columns: columns('a', 'b'), arrows: [one, { ...two, leg: 1, seq: 1 }] }, 754);
    expect(arrowRows(both.rows).map((row) => [row.id, row.leg, row.sentence])).toEqual([
      ['1', 0, '0.000 A INVITE from a to b'],
      ['1-1', 1, '0.000 B 200 OK from b to a'],
    ]);
  });

  test('say what their session description says, unless they shall not', () => {
    const [invite, trying] = arrows('0 0>1 INVITE\n0 1>0 100 Trying') as [Arrow, Arrow];
    const media = 'PCMA/8000,PCMU/8000 sendrecv 192.0.2.1:4000';
    const call = { columns: columns('a', 'b'), arrows: [describing(invite, media), trying] };
    expect(layout(call, 754).rows[0]).toMatchObject({
      note: 'SDP PCMA +1',
      sentence: '0.000 INVITE SDP PCMA +1 from a to b: audio PCMA, PCMU at 192.0.2.1:4000',
    });
    expect(layout(call, 754, { sdp: false }).rows[0]).toMatchObject({ note: '' });
  });

  test('an arrow stops half a pixel short of its lane, in either direction', () => {
    const [there, back] = arrowRows(rows);
    expect([there?.x1, there?.x2]).toEqual([150, 389.5]);
    expect([back?.x1, back?.x2]).toEqual([390, 150.5]);
  });

  test('the label of an arrow over several lanes stands before the first lane it crosses', () => {
    const call = { columns: columns('a', 'b', 'c'), arrows: arrows('0 0>2 INVITE\n0 2>0 200 OK') };
    expect(arrowRows(layout(call, 576).rows).map((row) => row.labelX)).toEqual([150 + 89, 506 - 89]);
  });

  test('a long reason is cut to its lane', () => {
    const call = { columns: columns('a', 'b'), arrows: arrows(`0 1>0 480 ${'Temporarily '.repeat(20)}Unavailable`) };
    const label = arrowRows(layout(call, 300).rows)[0]?.label ?? '';
    expect(label.length).toBeLessThan(20);
    expect(label.endsWith('…')).toBe(true);
  });

  test('a message within one host is a loop beside its lane', () => {
    const call = { columns: columns('a', 'b'), arrows: arrows('0 1>1 INVITE') };
    expect(layout(call, 754).rows[0]).toMatchObject({ loop: true, x1: 390, x2: 390, labelX: 390 + 36 });
  });

  test('each says itself as a sentence', () => {
    expect(arrowRows(rows)[3]?.sentence).toBe('1.212 180 Ringing from c to b');
  });
});

describe('retransmissions', () => {
  const call = {
    columns: columns('a', 'b', 'c'),
    arrows: arrows(`
      0.0 0>1 INVITE
      1.0 2>1 200 OK
      1.1 1>0 200 OK
      1.5 2>1 200 OK again
      1.6 1>0 200 OK again
      2.5 2>1 200 OK again
      2.6 1>0 200 OK again
      4.5 2>1 200 OK again
      5.0 0>1 BYE`),
  };

  test('fold into one dashed row for each message of the run', () => {
    const rows = arrowRows(layout(call, 754).rows);
    expect(rows.map((row) => [row.label, row.note, row.dashed, row.members])).toEqual([
      ['INVITE', '', false, ['1']],
      ['200 OK', '', false, ['2']],
      ['200 OK', '', false, ['3']],
      ['200 OK', '×3', true, ['4', '6', '8']],
      ['200 OK', '×2', true, ['5', '7']],
      ['BYE', '', false, ['9']],
    ]);
  });

  test('unfold one by one, each row still naming its fold', () => {
    const rows = arrowRows(layout(call, 754, { unfolded: new Set(['4']) }).rows);
    expect(rows.map((row) => [row.id, row.fold])).toEqual([
      ['1', null], ['2', null], ['3', null], ['4', '4'], ['5', '5'], ['6', '4'], ['8', '4'], ['9', null],
    ]);
  });

  test('are said with their number', () => {
    expect(arrowRows(layout(call, 754).rows)[3]?.sentence).toBe('1.500 200 OK ×3 from c to b, retransmitted');
  });

  test('make a silence of 300 ms a gap', () => {
    expect(layout(call, 754).rows.map((row) => (row.kind === 'gap' ? row.text : row.id))).toEqual(
      ['1', '1.0 s', '2', '3', '0.4 s', '4', '5', '3.4 s', '9']);
  });

  test('one alone is dashed and says that it repeats', () => {
    const once = { columns: columns('a', 'b'), arrows: arrows('0 0>1 INVITE\n0.5 0>1 INVITE again\n0.6 1>0 200 OK') };
    expect(arrowRows(layout(once, 754).rows)[1]).toMatchObject({ dashed: true, note: 'repeated', fold: null });
  });
});

describe('a message that never arrives', () => {
  test('is a request to an endpoint that never sends, without a response', () => {
    const call = { columns: columns('a', 'b'), arrows: arrows('0 0>1 INVITE\n0.5 0>1 INVITE again') };
    expect(arrowRows(layout(call, 754).rows).map((row) => [row.undelivered, row.note])).toEqual([
      [true, 'unanswered'],
      [true, 'repeated'],
    ]);
  });

  test('is no request whose answer came another way', () => {
    const call = { columns: columns('a', 'b', 'c'), arrows: arrows('0 0>1 INVITE\n0.1 2>0 200 OK') };
    expect(arrowRows(layout(call, 754).rows)[0]?.undelivered).toBe(false);
  });

  test('is an ACK only when the answer keeps coming, and it is never called unanswered', () => {
    const quiet = '0 0>1 INVITE\n1 1>0 200 OK\n1.1 0>2 ACK';
    const still = { columns: columns('a', 'b', 'c'), arrows: arrows(quiet) };
    expect(arrowRows(layout(still, 754).rows)[2]?.undelivered).toBe(false);

    const loud = { columns: columns('a', 'b', 'c'), arrows: arrows(`${quiet}\n1.5 1>0 200 OK again\n1.6 0>2 ACK again`) };
    const rows = arrowRows(layout(loud, 754).rows);
    expect(rows.map((row) => row.undelivered)).toEqual([false, false, true, false, true]);
    expect(rows[2]?.note).toBe('not seen arriving');
  });

  test('is no response', () => {
    const call = { columns: columns('a', 'b'), arrows: arrows('0 1>0 200 OK') };
    expect(arrowRows(layout(call, 754).rows)[0]?.undelivered).toBe(false);
  });
});

describe('a long ladder', () => {
  const many = Array.from({ length: 2000 }, (_, second) => `${second / 10} 0>1 OPTIONS`).join('\n');
  const { rows } = layout({ columns: columns('a', 'b'), arrows: arrows(many) }, 754);

  test('draws what is visible and twenty rows more on either side', () => {
    const drawn = visible(rows, 28_000, 28_560);
    expect(drawn.length).toBe(20 + 20 + 20);
    expect(drawn[20]).toMatchObject({ y: 28_000 });
  });

  test('draws its ends without rows that are not there', () => {
    expect(visible(rows, 0, 100)[0]).toBe(rows[0]);
    expect(visible(rows, 1e9, 2e9).at(-1)).toBe(rows.at(-1));
  });
});
