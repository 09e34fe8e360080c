/** Which column has what; each counted from 0. */
export interface CsvColumns {
  readonly source: number;
  readonly target?: number;
  readonly displayName?: number;
}

export type ColumnRole = keyof CsvColumns;

/** Columns by their names, best first; written as `plainName` writes them. Exports and tools of the field name them so. */
const names: Readonly<Record<ColumnRole, readonly string[]>> = {
  source: [
    ...['sourcemailbox', 'sourceemailaddress', 'sourceaddress', 'sourceemail', 'sourceprimarysmtpaddress', 'source'],
    ...['primarysmtpaddress', 'emailaddress', 'email', 'mail', 'smtpaddress', 'primaryemailaddress', 'primaryemail'],
    ...['windowsemailaddress', 'mailbox', 'address', 'sourceuserprincipalname', 'userprincipalname', 'upn', 'username'],
  ],
  target: [
    ...['targetmailbox', 'targetemailaddress', 'targetaddress', 'targetemail', 'targetprimarysmtpaddress', 'target'],
    ...['destinationmailbox', 'destinationemailaddress', 'destinationaddress', 'destinationemail', 'destination'],
    ...['newemailaddress', 'newaddress', 'newemail', 'targetuserprincipalname', 'targetupn'],
  ],
  displayName: ['displayname', 'fullname', 'name'],
};

/** Case, blanks and signs do not tell column names apart: `E-Mail Address`, `email_address`, `EmailAddress`. */
function plainName(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}

/** The columns that a header names. */
export function columnsOf(header: readonly string[]): Partial<CsvColumns> {
  const plain = header.map(plainName);
  const find = (role: ColumnRole): number | undefined => firstOf(plain, names[role]);
  const [source, target, displayName] = [find('source'), find('target'), find('displayName')];
  return {
    ...(source !== undefined && { source }),
    ...(target !== undefined && { target }),
    ...(displayName !== undefined && { displayName }),
  };
}

/** The column with one of these names, in small letters and without signs, best first; counted from 0. */
export function columnNamed(header: readonly string[], wanted: readonly string[]): number | undefined {
  return firstOf(header.map(plainName), wanted);
}

function firstOf(plain: readonly string[], wanted: readonly string[]): number | undefined {
  const name = wanted.find((each) => plain.includes(each));
  return name === undefined ? undefined : plain.indexOf(name);
}

/** Names that several columns have: of these the first is taken, which a person should see. */
export function repeatedNames(header: readonly string[]): readonly string[] {
  const plain = header.map(plainName);
  return header.filter((_, index) => plain[index] !== '' && plain.indexOf(plain[index] ?? '') < index);
}
