import { expect, test } from 'vitest';
import { withNames } from './hosts';

const COLUMNS = [
  { address: '192.0.2.4', name: 'Meridian', addresses: ['192.0.2.4', '2001:db8::4'] },
  { address: '203.0.113.5', name: '203.0.113.5' },
];

test.each([
  ['The ACK never reached 192.0.2.4.', 'The ACK never reached Meridian.'],
  ['2001:db8::4 answered', 'Meridian answered'],
  ['192.0.2.40 and 1192.0.2.4 are others, 192.0.2.4:5060 has a port', '192.0.2.40 and 1192.0.2.4 are others, 192.0.2.4:5060 has a port'],
  ['203.0.113.5 sent the ACK', '203.0.113.5 sent the ACK'],
  ['A bad deed: face', 'A bad deed: face'],
])('%s', (sentence, expected) => {
  expect(withNames(sentence, COLUMNS)).toBe(expected);
});
