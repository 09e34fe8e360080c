import { createHash } from 'node:crypto';

/**
 * What binds a sign-in to the TLS connection it is made on: MD5 over the bindings of type tls-server-end-point, as
 * MsvAvChannelBindings wants them (RFC 5929, 4.1; RFC 2744, 3.11; MS-NLMP 2.2.2.1). A server that has Extended
 * Protection refuses a sign-in that was made for another certificate.
 * @param certificate of the server, DER.
 */
export function channelBinding(certificate: Buffer): Buffer {
  return endPointBinding(createHash(hashOf(certificate)).update(certificate).digest());
}

/** @param hash of the server's certificate */
export function endPointBinding(hash: Buffer): Buffer {
  const data = Buffer.concat([Buffer.from('tls-server-end-point:', 'latin1'), hash]);
  const bindings = Buffer.alloc(20); // No addresses of initiator and acceptor: type and length of each are 0.
  bindings.writeUInt32LE(data.length, 16);
  return createHash('md5').update(bindings).update(data).digest();
}

/** Hash functions by the object identifiers of the signatures that use them, as DER content in hexadecimal. */
const hashes: Readonly<Record<string, 'sha384' | 'sha512'>> = {
  '2a864886f70d01010c': 'sha384', // sha384WithRSAEncryption
  '2a864886f70d01010d': 'sha512',
  '2a8648ce3d040303': 'sha384', // ecdsa-with-SHA384
  '2a8648ce3d040304': 'sha512',
};
const rsaPss = '2a864886f70d01010a';
/** id-sha384 and id-sha512, whole, as they stand in the parameters of RSASSA-PSS. */
const pssHashes = [
  ['0609608648016503040202', 'sha384'],
  ['0609608648016503040203', 'sha512'],
] as const;

/** The hash of the certificate's own signature; SHA-256 where that is MD5, SHA-1 or unknown (RFC 5929, 4.1). */
function hashOf(certificate: Buffer): 'sha256' | 'sha384' | 'sha512' {
  const algorithm = signatureAlgorithm(certificate);
  const identifier = algorithm && element(algorithm, 0);
  if (algorithm === undefined || identifier === undefined) return 'sha256';
  const name = identifier.content.toString('hex');
  if (name !== rsaPss) return hashes[name] ?? 'sha256';
  const parameters = algorithm.subarray(identifier.end).toString('hex');
  const first = pssHashes
    .map(([oid, hash]) => ({ hash, at: parameters.indexOf(oid) }))
    .filter(({ at }) => at >= 0)
    .sort((a, b) => a.at - b.at); // The signature's hash comes before that of its mask.
  return first[0]?.hash ?? 'sha256';
}

/** Certificate ::= SEQUENCE { tbsCertificate, signatureAlgorithm, signatureValue } (RFC 5280, 4.1) */
function signatureAlgorithm(certificate: Buffer): Buffer | undefined {
  const whole = element(certificate, 0);
  const signed = whole && element(whole.content, 0);
  return whole && signed && element(whole.content, signed.end)?.content;
}

/** One DER element. @returns undefined when it is not whole */
function element(der: Buffer, at: number): { readonly content: Buffer; readonly end: number } | undefined {
  const first = der[at + 1];
  if (first === undefined) return undefined;
  const lengthBytes = first < 0x80 ? 0 : first & 0x7f;
  const begin = at + 2 + lengthBytes;
  if (lengthBytes > 4 || begin > der.length) return undefined;
  const length = lengthBytes === 0 ? first : der.readUIntBE(at + 2, lengthBytes);
  const end = begin + length;
  return end > der.length ? undefined : { content: der.subarray(begin, end), end };
}
