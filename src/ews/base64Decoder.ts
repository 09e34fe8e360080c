/** Decodes base64 text that arrives in pieces of any length. White space is skipped. */
export class Base64Decoder {
  #rest = '';

  push(text: string): Buffer {
    const all = this.#rest + text.replace(/\s+/g, '');
    const whole = all.length - (all.length % 4);
    this.#rest = all.slice(whole);
    return Buffer.from(all.slice(0, whole), 'base64');
  }

  /** What is left when the text has ended; base64 of a whole item leaves nothing. */
  end(): Buffer {
    const last = Buffer.from(this.#rest, 'base64');
    this.#rest = '';
    return last;
  }
}
