import { SaxesParser } from 'saxes';
import { escapeXml } from '../soap.ts';
import { ewsAnswer } from './autodiscoverAnswer.ts';
import type { AutodiscoverAnswer } from './autodiscoverAnswer.ts';

/** Plain XML Autodiscover (MS-OXDSCLI), which every Exchange since 2007 has. */
const schemas = 'http://schemas.microsoft.com/exchange/autodiscover/outlook';

export function poxRequest(mailbox: string): string {
  return (
    `<?xml version="1.0" encoding="utf-8"?><Autodiscover xmlns="${schemas}/requestschema/2006"><Request>` +
    `<EMailAddress>${escapeXml(mailbox)}</EMailAddress>` +
    `<AcceptableResponseSchema>${schemas}/responseschema/2006a</AcceptableResponseSchema></Request></Autodiscover>`
  );
}

/** Kinds of protocols whose EwsUrl is for outside, then for inside (MS-OXDSCLI 2.2.4.1.1.2.6.43). */
const protocolOrder = ['EXPR', 'EXHTTP', 'EXCH'];

/** Error 500: the address is nobody's (MS-OXDSCLI 2.2.4.1.2). */
const noSuchAddress = '500';

/** @returns undefined when the text is no answer of Autodiscover */
export function readPox(xml: string): AutodiscoverAnswer | undefined {
  const texts = new Map<string, string>();
  const found: { readonly type: string; readonly url: string }[] = [];
  let protocol = { type: '', url: '' };
  let [root, text] = ['', ''];
  const parser = new SaxesParser({ xmlns: true });
  parser.on('opentag', ({ local }) => {
    if (root === '') root = local;
    if (local === 'Protocol') protocol = { type: '', url: '' };
    text = '';
  });
  parser.on('text', (piece) => (text += piece));
  parser.on('closetag', ({ local }) => {
    if (local === 'Protocol') found.push(protocol);
    else if (local === 'Type') protocol.type = text.trim();
    else if (local === 'EwsUrl') protocol.url = text.trim();
    else texts.set(local, text.trim());
    text = '';
  });
  try {
    parser.write(xml).close();
  } catch {
    return undefined;
  }
  if (root !== 'Autodiscover') return undefined;
  const place = ({ type }: { readonly type: string }): number => protocolOrder.indexOf(type);
  const urls = found.filter((each) => place(each) >= 0).sort((a, b) => place(a) - place(b));
  return redirect(texts) ?? ewsAnswer(urls.map(({ url }) => url)) ?? noAnswer(texts.get('ErrorCode') ?? '');
}

function redirect(texts: ReadonlyMap<string, string>): AutodiscoverAnswer | undefined {
  const { action, mailbox, url } = {
    action: texts.get('Action')?.toLowerCase(),
    mailbox: texts.get('RedirectAddr') ?? '',
    url: texts.get('RedirectUrl') ?? '',
  };
  if (action === 'redirectaddr' && mailbox !== '') return { kind: 'address', mailbox };
  return action === 'redirecturl' && url !== '' ? { kind: 'url', url } : undefined;
}

function noAnswer(code: string): AutodiscoverAnswer {
  return code === noSuchAddress ? { kind: 'unknownMailbox' } : { kind: 'nothing', code };
}
