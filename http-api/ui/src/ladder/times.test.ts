import { expect, test } from 'vitest';
import { arrows } from './call.fixture';
import { timeMode, timeTeller, type TimeMode } from './times';

const CALL = arrows(`
  0.000 0>1 INVITE
  0.020 1>0 100 Trying
  2.000 1>0 200 OK
  2.100 0>1 ACK
  2.050 0>1 BYE`).map((arrow, index) => ({ ...arrow, branch: index < 3 ? 'a' : `b${index}` }));

test.each<[TimeMode, string[]]>([
  ['elapsed', ['0.000', '0.020', '2.000', '2.100', '2.050']],
  ['delta', ['0.000', '+0.020', '+1.980', '+0.100', '-0.050']],
  ['transaction', ['0.000', '+0.020', '+2.000', '0.000', '0.000']],
])('%s times', (mode, expected) => {
  expect(CALL.map(timeTeller(CALL, mode))).toEqual(expected);
});

test('times of day are those of the reader', () => {
  expect(CALL.map(timeTeller(CALL, 'clock'))[1]).toMatch(/^\d\d:\d\d:52\.020$/);
});

test('a response whose request was not seen has no time of its transaction', () => {
  const answers = CALL.slice(1, 3);
  expect(answers.map(timeTeller(answers, 'transaction'))).toEqual(['—', '—']);
});

test('the ACK of a failed INVITE counts from the INVITE', () => {
  const failed = arrows('0 0>1 INVITE\n1 1>0 486 Busy Here\n1.2 0>1 ACK');
  expect(failed.map(timeTeller(failed, 'transaction'))).toEqual(['0.000', '+1.000', '+1.200']);
});

test('a mode that there is not is the first', () => {
  expect(['', null, 'clock', 'toString'].map(timeMode)).toEqual(['elapsed', 'elapsed', 'clock', 'elapsed']);
});
