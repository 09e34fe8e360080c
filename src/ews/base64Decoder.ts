/** Decodes base64 text (RFC 4648, 4) that arrives in pieces of any length. White space is skipped. */
export class Base64Decoder {
  #rest = '';
  #padded = false;

  /** @returns undefined when the text is not base64, or goes on after its padding. */
  push(text: string): Buffer | undefined {
    const added = text.replace(/\s+/g, '');
    if (added === '') return Buffer.alloc(0);
    const all = this.#rest + added;
    if (this.#padded || !/^[A-Za-z0-9+/]*={0,2}$/.test(all)) return undefined;
    const whole = all.length - (all.length % 4);
    this.#rest = all.slice(whole);
    this.#padded = all.charAt(whole - 1) === '=';
    return Buffer.from(all.slice(0, whole), 'base64');
  }

  /** Whether the text was whole: base64 comes in groups of four characters. */
  get whole(): boolean {
    return this.#rest === '';
  }
}
