import { describe, expect, test } from 'vitest';
import type { Arrow, Dialog, Ladder } from '../../api/types';
import { arrows, columns } from '../call.fixture';
import tokens from '../../style/tokens.css?raw';
import { layout } from '../layout';
import { fileName } from './file';
import { picture } from './picture';
import { scale } from './png';
import { escaped, svg } from './svg';
import { ladderText } from './text';
import { COLOURS, FACES } from './theme';

const CALL = {
  columns: columns('alice', 'edge', 'bob'),
  arrows: arrows(`
    0.0 0>1 INVITE
    0.1 1>1 INVITE
    1.0 1>0 486 Busy <Here>
    1.5 1>0 486 Busy <Here> again
    1.6 1>2 OPTIONS`),
};

function drawn(theme: 'light' | 'dark'): string {
  return svg(picture(layout(CALL, 754), { title: 'a → b', lines: ['Busy'] }), theme);
}

describe('a drawing as SVG', () => {
  test('has every arrow, silence and lane of the ladder', () => {
    const image = drawn('light');
    for (const said of ['alice', '192.0.2.1', 'INVITE', '486 Busy &#60;Here&#62;', 'repeated', '0.9 s', 'OPTIONS', 'unanswered'])
      expect(image).toContain(said);
    expect(image.match(/<path/g)?.length).toBeGreaterThan(3 + 5 * 2);
    expect(image).toContain('stroke-dasharray="4 3.5"');
  });

  test('fetches nothing and runs nothing', () => {
    expect(drawn('light').replace('xmlns="http://www.w3.org/2000/svg"', '')).not.toMatch(/http|url\(|<script|@import|href/);
  });

  test('is in the colours of either theme', () => {
    expect(drawn('light')).toContain(`fill="${COLOURS.light.bg}"`);
    expect(drawn('dark')).toContain(`fill="${COLOURS.dark.accent}"`);
    expect(drawn('dark')).not.toContain(COLOURS.light.ink);
  });

  test('keeps the caption and the lanes apart', () => {
    const { shapes } = picture(layout(CALL, 754), { title: 'a', lines: ['b', 'c'] });
    const heights = shapes.flatMap((shape) => (shape.kind === 'text' ? [[shape.runs[0]?.text, shape.y]] : []));
    expect(heights.slice(0, 3)).toEqual([['a', 40], ['b', 64], ['c', 84]]);
    expect(heights.find(([text]) => text === 'alice')).toEqual(['alice', 24 + 30 + 40 + 20]);
  });

  test('takes the text of strangers for text', () => {
    expect(escaped(`<script>&"'\0\x1b\ud800\uffff`)).toBe('&#60;script&#62;&#38;&#34;&#39;␀␛\ufffd\ufffd');
  });
});

test('files and pages have the same colours and fonts', () => {
  const [light = '', dark = ''] = tokens.split(":root[data-theme='dark']");
  for (const [theme, css] of [['light', light], ['dark', dark]] as const)
    for (const [token, colour] of Object.entries(COLOURS[theme])) expect(css).toContain(`--${token}: ${colour};`);
  for (const face of Object.values(FACES)) expect(light).toContain(face);
});

test('an image is drawn twice as sharp as long as a browser can', () => {
  expect(scale({ width: 800, height: 1000 })).toBe(2);
  expect(scale({ width: 800, height: 10_000 })).toBeCloseTo(1.6384);
  expect(scale({ width: 800, height: 20_000 })).toBe(0);
  expect(scale({ width: 16_000, height: 16_000 })).toBe(0);
});

describe('a ladder as text', () => {
  const answered: Ladder = {
    dialog: { callId: 'one@192.0.2.10', caller: 'alice', callee: 'bob', method: 'INVITE', phase: 'confirmed' } as Dialog,
    columns: [
      { address: '192.0.2.10:5060', name: '' },
      { address: '198.51.100.5:5060', name: 'proxy' },
      { address: '203.0.113.20:5060', name: '' },
    ],
    arrows: arrows('0 0>1 INVITE\n1.2 2>1 200 OK\n1.7 2>0 200 OK again').map((arrow, index) => ({
      ...arrow,
      sdp: index === 0 ? { media: [] } : null,
    })),
    verdict: { level: 'good', title: 'Answered', detail: 'After 1.2 s', evidence: [], rule: 'answered' },
    legs: [],
  };

  test('is what ops/sipscope ladder prints', () => {
    expect(ladderText(answered)).toBe(
      [
        'one@192.0.2.10  alice → bob  INVITE, confirmed',
        'good: Answered. After 1.2 s',
        '',
        '                              192.0.2.10:5060       proxy (198.51.100.5:5060)      203.0.113.20:5060',
        '                                     │                          │                          │',
        '14:06:52.000    0.000                │────── INVITE (SDP) ─────▶│                          │',
        '14:06:53.200    1.200                │                          │◀──────── 200 OK ─────────│',
        '14:06:53.700    1.700                │◀───── 200 OK again ──────┼──────────────────────────│',
        '                                     │                          │                          │',
        '',
      ].join('\n'),
    );
  });

  test('says of which leg a message is, where there are several', () => {
    const [one, two] = answered.arrows as [Arrow, Arrow];
    const legs = ['one', 'two'].map((callId) => ({ key: callId, callId, caller: '', callee: '' }));
    const text = ladderText({ ...answered, legs, arrows: [one, { ...two, leg: 1 }] });
    expect(text).toContain('A: one\nB: two\n');
    expect(text).toMatch(/A INVITE[^]*B 200 OK/);
  });

  test('cannot steer a terminal and keeps its columns', () => {
    const hostile = answered.arrows.map((arrow) => ({ ...arrow, status: 200, reason: `\x1b[2J\n\u202e${'x'.repeat(500)}` }));
    const text = ladderText({ ...answered, arrows: hostile });
    expect(text).not.toMatch(/\x1b|\u202e/);
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThan(200);
  });

  test('without a message is its head', () => {
    expect(ladderText({ ...answered, columns: [], arrows: [] }).split('\n')).toHaveLength(3);
  });
});

test.each([
  ['a84b@192.0.2.1', 'a84b@192.0.2.1.svg'],
  ['../../etc/passwd', 'etc_passwd.svg'],
  ['<script>\u202e', 'script_.svg'],
  ['', 'ladder.svg'],
  ['x'.repeat(500), `${'x'.repeat(120)}.svg`],
])('the file of %j is %s', (callId, expected) => {
  expect(fileName(callId, 'svg')).toBe(expected);
});
