import { SaxesParser } from 'saxes';
import { escapeXml } from '../soap.ts';
import { ewsAnswer } from './autodiscoverAnswer.ts';
import type { AutodiscoverAnswer } from './autodiscoverAnswer.ts';

const namespaces = {
  autodiscover: 'http://schemas.microsoft.com/exchange/2010/Autodiscover',
  addressing: 'http://www.w3.org/2005/08/addressing',
  soap: 'http://schemas.xmlsoap.org/soap/envelope/',
};

/** Settings that name EWS, the one for outside first (MS-OXWSADISC). */
const wanted = ['ExternalEwsUrl', 'InternalEwsUrl'];

/** SOAP Autodiscover (GetUserSettings, since Exchange 2010). @param url that it is sent to */
export function soapRequest(mailbox: string, url: string): string {
  const { autodiscover, addressing, soap } = namespaces;
  return (
    `<?xml version="1.0" encoding="utf-8"?><s:Envelope xmlns:s="${soap}" xmlns:a="${autodiscover}" xmlns:w="${addressing}">` +
    '<s:Header><a:RequestedServerVersion>Exchange2010</a:RequestedServerVersion>' +
    `<w:Action>${autodiscover}/Autodiscover/GetUserSettings</w:Action><w:To>${escapeXml(url)}</w:To></s:Header>` +
    '<s:Body><a:GetUserSettingsRequestMessage><a:Request>' +
    `<a:Users><a:User><a:Mailbox>${escapeXml(mailbox)}</a:Mailbox></a:User></a:Users>` +
    `<a:RequestedSettings>${wanted.map((name) => `<a:Setting>${name}</a:Setting>`).join('')}</a:RequestedSettings>` +
    '</a:Request></a:GetUserSettingsRequestMessage></s:Body></s:Envelope>'
  );
}

/** @returns undefined when the text is no answer of GetUserSettings */
export function readSoap(xml: string): AutodiscoverAnswer | undefined {
  const settings = new Map<string, string>();
  let [within, code, target, name, text] = ['', '', '', '', ''];
  let answers = 0;
  const parser = new SaxesParser({ xmlns: true });
  parser.on('opentag', ({ local }) => {
    if (local === 'UserResponse') answers += 1;
    if (local === 'UserResponse' || local === 'UserSetting' || local === 'UserSettingError') within = local;
    text = '';
  });
  parser.on('text', (piece) => (text += piece));
  parser.on('closetag', ({ local }) => {
    if (within === 'UserResponse' && local === 'ErrorCode') code = text.trim();
    if (within === 'UserResponse' && local === 'RedirectTarget') target = text.trim();
    if (within === 'UserSetting' && local === 'Name') name = text.trim();
    if (within === 'UserSetting' && local === 'Value') settings.set(name, text.trim());
    if (local === 'UserSetting' || local === 'UserSettingError') within = 'UserResponse';
    text = '';
  });
  try {
    parser.write(xml).close();
  } catch {
    return undefined;
  }
  if (answers === 0) return undefined;
  if (code === 'RedirectAddress' && target !== '') return { kind: 'address', mailbox: target };
  if (code === 'RedirectUrl' && target !== '') return { kind: 'url', url: target };
  if (code === 'InvalidUser') return { kind: 'unknownMailbox' };
  return ewsAnswer(wanted.map((each) => settings.get(each) ?? '')) ?? { kind: 'nothing', code };
}
