/**
 * RC4, by which an NTLM client wraps the session key that its message integrity code is made with. As MD4 it is in
 * OpenSSL's legacy provider only. Encrypting and decrypting are the same.
 */
export function rc4(key: Uint8Array, data: Uint8Array): Buffer {
  const state = Uint8Array.from({ length: 256 }, (_, index) => index);
  const at = (index: number): number => state[index & 0xff] ?? 0;
  const swap = (i: number, j: number): void => {
    [state[i & 0xff], state[j & 0xff]] = [at(j), at(i)];
  };
  for (let i = 0, j = 0; i < 256; i += 1) {
    j = (j + at(i) + (key[i % key.length] ?? 0)) & 0xff;
    swap(i, j);
  }
  let i = 0;
  let j = 0;
  return Buffer.from(data).map((byte) => {
    i = (i + 1) & 0xff;
    j = (j + at(i)) & 0xff;
    swap(i, j);
    return byte ^ at(at(i) + at(j));
  }) as Buffer; // map gives a Uint8Array's own species, which of a Buffer is a Buffer.
}
