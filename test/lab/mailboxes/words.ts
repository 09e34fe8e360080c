import type { Address } from './item.ts';

/** The tenant's correspondents: functions, not persons, under domains that nobody can own (RFC 2606). */
export const correspondents: readonly [Address, ...Address[]] = [
  { name: 'Fabrikam Orders', email: 'orders@fabrikam.example' },
  { name: 'Fabrikam Invoices', email: 'invoices@fabrikam.example' },
  { name: 'Northwind Dispatch', email: 'dispatch@northwind.example' },
  { name: 'Büro Köln', email: 'koeln@tailspin.example' },
  { name: '東京オフィス', email: 'tokyo@tailspin.example' },
  { name: 'Service après-vente', email: 'sav@litware.example' },
  { name: 'Building Services', email: 'facilities@litware.example' },
  { name: 'Newsletter', email: 'news@adatum.example' },
];

export const subjects: readonly [string, ...string[]] = [
  'Delivery note',
  'Invoice attached',
  'Minutes of the weekly meeting',
  'Angebot für die Übergabe',
  'Rückfrage: Straßenbauarbeiten vor dem Lager',
  '会議の議事録',
  'Commande reçue – confirmation à signer',
  'Travel plan ✈️ for the fair',
  'Quarterly figures',
  'Parking permits',
  'Заявка на обслуживание',
  'Maintenance window on Saturday',
];

export const sentences: readonly [string, ...string[]] = [
  'Please find the documents of this week attached.',
  'The goods left our warehouse this morning and arrive within two days.',
  'Könnten Sie die geänderte Stückzahl bis Freitag bestätigen?',
  'ご確認をお願いいたします。',
  'Le montant de la facture a été corrigé.',
  'We moved the meeting to the large room on the second floor.',
  'The old offer is void; only the prices of the new one hold.',
  'Nothing else has changed since the last report.',
];

export const places: readonly [string, ...string[]] = ['Room 1.04', 'Große Halle', 'Online', 'Canteen', '会議室 3'];

export const taskNames: readonly [string, ...string[]] = [
  'Order toner',
  'Prüfbericht ablegen',
  'Renew the certificate',
  'Count the stock',
];

export const noteTexts: readonly [string, ...string[]] = [
  'Door code changes every quarter',
  'Lieferantennummern stehen im Ordner „Einkauf“',
  'Spare keys: reception, second drawer',
];
