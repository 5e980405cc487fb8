import { expect, test } from 'vitest';
import { asCommand, asCurl } from './mi';

test.each([
  [{}, 'ops/sipscope mi trace'],
  [{ id: 'tid', mode: 'off' }, 'ops/sipscope mi trace id=tid mode=off'],
  [{ filter: ['caller=alice', 'ip=192.0.2.1'] }, "ops/sipscope mi trace 'filter=caller=alice ip=192.0.2.1'"],
  [{ id: "a'; rm -rf $HOME" }, "ops/sipscope mi trace 'id=a'\\''; rm -rf $HOME'"],
])('%j is %s for a shell', (params, shown) => {
  expect(asCommand({ method: 'trace', params: params as Record<string, string> })).toBe(shown);
});

test('no quote of a value ends the word that curl is given', () => {
  expect(asCurl({ method: 'trace', params: { id: "a'b" } }, 'http://127.0.0.1:8888')).toContain("a'\\''b");
  expect(asCurl({ method: 'which', params: {} }, 'http://h')).not.toContain('params');
});
