import * as z from 'zod/mini';
import { longestPem } from './settingForms.ts';

// What the schemas of all kinds of connections share. Functions: schemas are made when they are first used.

/** Version of the definition files that this program writes. A file with a higher one is left alone. */
export const schemaVersion = 1;

export const oneLine = () => z.string().check(z.trim(), z.minLength(1), z.maxLength(1024));

/** PEM text of certification authorities trusted for this connection besides the machine's own. Public. */
export const additionalCaShape = () =>
  z.exactOptional(z.strictObject({ fileName: oneLine(), pem: z.string().check(z.maxLength(longestPem)) }));

/** What saving adds to the settings. */
export const savedParts = () => ({
  /** A new value at each save; `basedOn` is the one its editor had read. Tells an edit that nobody saw from a successor. */
  revision: z.guid(),
  basedOn: z.exactOptional(z.guid()),
  /** Under which name the vault keeps the secret of this very revision; absent: none has been stored. */
  secretKey: z.exactOptional(z.string().check(z.maxLength(200))),
  modifiedAt: z.iso.datetime(),
});
