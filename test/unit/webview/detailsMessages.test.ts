import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { parseDetailsMessage, parseDetailsState } from '../../../src/webview/detailsMessages.ts';
import type { FromDetails } from '../../../src/webview/detailsProtocol.ts';

const allowed: readonly FromDetails[] = [
  { type: 'ready' },
  { type: 'verify' },
  { type: 'cancel' },
  { type: 'copyReport' },
  { type: 'openSettings' },
  { type: 'copyText', text: 'Connect-ExchangeOnline' },
  { type: 'openLink', link: 'https://learn.microsoft.com/' },
];

describe('A message of the details page', () => {
  it('is let in as it is when it is one that the page may send', () => {
    for (const message of allowed) assert.deepEqual(parseDetailsMessage(message), message);
  });

  it('is refused when it is any other', () => {
    for (const message of [
      'verify',
      { type: 'finish' },
      { type: 'verify', id: 'another' },
      { type: 'openLink', link: 'command:workbench.action.quit' },
      { type: 'openLink', link: 'http://example.com/' },
      { type: 'copyText', text: 'x'.repeat(20_001) },
    ]) {
      assert.equal(parseDetailsMessage(message), undefined);
    }
    fc.assert(fc.property(fc.anything(), (message) => parseDetailsMessage(message) === undefined));
  });

  it('brings back the connection that the page was about, and nothing else', () => {
    const state = { connectionId: '3fa85f64-5717-4562-b3fc-2c963f66afa6' };
    assert.deepEqual(parseDetailsState(state), state);
    for (const other of [undefined, {}, { connectionId: '../x' }, { ...state, more: 1 }]) {
      assert.equal(parseDetailsState(other), undefined);
    }
  });
});
