import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { parseFault } from '../../../src/ews/soapFault.ts';
import { readServerVersion } from '../../../src/ews/serverVersion.ts';

const fault = (code: string, detail: string): string =>
  `<?xml version="1.0" encoding="utf-8"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><s:Fault>` +
  `<faultcode xmlns:a="http://schemas.microsoft.com/exchange/services/2006/types">a:${code}</faultcode>` +
  `<faultstring xml:lang="en-US">Said &amp; done.</faultstring><detail>${detail}</detail></s:Fault></s:Body></s:Envelope>`;
const detail = (code: string, values: Readonly<Record<string, string>> = {}): string =>
  `<e:ResponseCode xmlns:e="http://schemas.microsoft.com/exchange/services/2006/errors">${code}</e:ResponseCode>` +
  `<e:Message xmlns:e="http://schemas.microsoft.com/exchange/services/2006/errors">In detail.</e:Message>` +
  `<t:MessageXml xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types">` +
  `${Object.entries(values)
    .map(([name, value]) => `<t:Value Name="${name}">${value}</t:Value>`)
    .join('')}</t:MessageXml>`;

describe('A SOAP fault', () => {
  const forms: readonly (readonly [string, string, object])[] = [
    ['without detail', fault('ErrorAccessDenied', ''), { code: 'ErrorAccessDenied', message: 'Said & done.' }],
    [
      'with detail',
      fault('ErrorX', detail('ErrorNonExistentMailbox')),
      { code: 'ErrorNonExistentMailbox', message: 'In detail.' },
    ],
    [
      'of a busy server, with the time to wait',
      fault('ErrorServerBusy', detail('ErrorServerBusy', { BackOffMilliseconds: '4711' })),
      { code: 'ErrorServerBusy', message: 'In detail.', backOffMs: 4711 },
    ],
    [
      'for concurrent Sync calls',
      fault(
        'ErrorServerBusy',
        detail('ErrorServerBusy', {
          Policy: 'ConcurrentSyncCalls',
          ConcurrentSyncCallsLimit: '5',
          BackOffMilliseconds: '5000',
        }),
      ),
      { code: 'ErrorServerBusy', message: 'In detail.', backOffMs: 5000 },
    ],
    [
      'for too many connections, without a time',
      fault(
        'ErrorExceededConnectionCount',
        detail('ErrorExceededConnectionCount', { Policy: 'MaxConcurrency', MaxConcurrencyLimit: '27' }),
      ),
      { code: 'ErrorExceededConnectionCount', message: 'In detail.' },
    ],
    [
      'of an internal error that wraps a busy server',
      fault(
        'ErrorInternalServerError',
        detail('ErrorInternalServerError', { InnerErrorResponseCode: 'ErrorServerBusy', BackOffMilliseconds: '300' }),
      ),
      { code: 'ErrorServerBusy', message: 'In detail.', backOffMs: 300 },
    ],
    [
      'with a time that is none',
      fault('ErrorServerBusy', detail('ErrorServerBusy', { BackOffMilliseconds: '-1' })),
      { code: 'ErrorServerBusy', message: 'In detail.' },
    ],
    [
      'with an internal error',
      fault('ErrorInternalServerError', ''),
      { code: 'ErrorInternalServerError', message: 'Said & done.' },
    ],
  ];
  for (const [what, xml, expected] of forms) {
    it(what, () => assert.deepEqual(parseFault(xml, 500), { kind: 'fault', status: 500, ...expected }));
  }

  for (const [what, text] of [
    ['nothing', ''],
    ['a web page', '<!DOCTYPE html><html><body><p>Fault</body></html>'],
    ['JSON', '{"Fault":1}'],
    ['an answer', fault('x', '').replaceAll('s:Fault', 's:Other')],
    ['half a fault', fault('ErrorServerBusy', '').slice(0, 300)],
  ] as const) {
    it(`is not ${what}`, () => assert.equal(parseFault(text, 500), undefined));
  }

  it('does not carry a message without limit', () => {
    const evidence = parseFault(fault('a', '').replace('Said', 'x'.repeat(100_000)), 500);
    assert.ok(evidence?.kind === 'fault' && evidence.message.length === 1000);
  });

  it('is never taken out of arbitrary text by an error', () => {
    const pieces = fc.constantFrom(
      '<',
      '>',
      '/',
      's:Fault',
      'Value',
      ' Name="',
      '&amp;',
      '<![CDATA[',
      ']]>',
      '<!--',
      '<?',
    );
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(fc.oneof(pieces, fc.string())).map((parts) => parts.join('')),
      fc.nat(700).map((length) => fault('ErrorServerBusy', detail('a')).slice(0, length)),
    );
    fc.assert(
      fc.property(text, (xml) => {
        parseFault(xml, 500);
        readServerVersion(xml);
      }),
    );
  });
});

describe('The version of the server', () => {
  const header = (attributes: string): string =>
    `<s:Envelope xmlns:s="s"><s:Header><h:ServerVersionInfo ${attributes} xmlns:h="h"/></s:Header><s:Body/></s:Envelope>`;

  it('is read from the header of an answer', () => {
    const all =
      'MajorVersion="15" MinorVersion="20" MajorBuildNumber="9320" MinorBuildNumber="21" Version="V2018_01_08"';
    assert.equal(readServerVersion(header(all)), '15.20.9320.21');
    assert.equal(readServerVersion(header('MajorVersion="15"')), '15.0.0.0');
  });

  it('is unknown where there is none', () => {
    for (const text of ['', '<a/>', 'text', '<s:Envelope xmlns:s="s">'])
      assert.equal(readServerVersion(text), undefined);
  });
});
