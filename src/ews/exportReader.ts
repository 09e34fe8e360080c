import { SaxesParser } from 'saxes';
import { Base64Decoder } from './base64Decoder.ts';
import { codeAndBackOff, EwsError } from './ewsError.ts';

/** The server gave up in the middle of an item's stream. Transient: ask again later, never use what came. */
export class TruncatedExportError extends Error {
  constructor() {
    super('The exported data is truncated.');
    this.name = 'TruncatedExportError';
  }
}

/** The answer is not well-formed XML, or an item's data is not base64. */
export class MalformedExport extends Error {}

export interface ExportedItem {
  /** Position in the list of ids asked for: Exchange may spell the returned ids differently. */
  readonly position: number;
  /** Size of the item's stream in bytes. */
  readonly bytes: number;
  /** Set when this item could not be exported: its data, if any, must not be used. */
  readonly error?: EwsError | TruncatedExportError;
}

/** Written by Exchange in place of the rest when it fails in the middle of an item: into its data, or as bare text [facts]. */
const truncationMark = '=== Truncated Data ===';

/** No tag of an ExportItems answer comes near this length (characters); a longer one would fill the memory. */
const longestTag = 64 * 1024;

/**
 * Turns the text of an ExportItems answer into items, piece by piece. The XML parser would hold an item's whole text
 * until its end tag, so it sees the tags only, and the data between them goes straight to the base64 decoder.
 */
export class ExportReader {
  readonly items: ExportedItem[] = [];
  truncated = false;
  readonly #parser = new SaxesParser({ xmlns: true });
  readonly #write: (position: number, piece: Buffer) => void;
  #element = '';
  #responseClass = '';
  #code = '';
  #message = '';
  /** Values of MessageXml by name, and the name of the one that is open. */
  #values: { [name: string]: string } = {};
  #valueName = '';
  #inData = false;
  #bytes = 0;
  #base64 = new Base64Decoder();
  /** The last bytes of the item's data, for the truncation mark. */
  #dataTail = Buffer.alloc(0);
  /** The data is no base64: so many characters have come since. It may be the beginning of the truncation mark. */
  #waitsForMark: number | undefined;
  /** A tag cut in two by the end of a piece. */
  #pending = '';
  /** The last characters seen: the truncation mark can be cut in two as well. */
  #tail = '';

  /** @param write takes the pieces of an item's data in order. */
  constructor(write: (position: number, piece: Buffer) => void) {
    this.#write = write;
    this.#parser.on('error', (error) => {
      throw new MalformedExport(error.message);
    });
    // The data goes past the parser, so what interrupts it would be lost without a trace.
    const refuseWithinData = (): void => {
      if (this.#inData) throw new MalformedExport("Something stands within an item's data.");
    };
    this.#parser.on('comment', refuseWithinData);
    this.#parser.on('cdata', refuseWithinData);
    this.#parser.on('processinginstruction', refuseWithinData);
    this.#parser.on('opentag', (tag) => {
      refuseWithinData();
      this.#element = tag.local;
      this.#inData = tag.local === 'Data';
      if (tag.local === 'Value') this.#valueName = tag.attributes.Name?.value ?? '';
      if (tag.local === 'ExportItemsResponseMessage') this.#begin(tag.attributes.ResponseClass?.value ?? '');
    });
    this.#parser.on('text', (text) => {
      if (this.#element === 'ResponseCode') this.#code += text;
      else if (this.#element === 'MessageText') this.#message += text;
      else if (this.#element === 'Value') this.#values[this.#valueName] = text.trim();
    });
    this.#parser.on('closetag', (tag) => {
      this.#element = '';
      if (tag.local === 'Data') this.#inData = false;
      if (tag.local === 'ExportItemsResponseMessage') this.#finish();
    });
  }

  /** @throws TruncatedExportError, MalformedExport */
  push(text: string): void {
    this.#lookForTruncation(text);
    let rest = this.#pending + text;
    this.#pending = '';
    while (rest !== '') {
      const inData = this.#element === 'Data';
      const end = inData ? rest.indexOf('<') : rest.indexOf('>') + 1;
      if (inData) {
        this.#data(end < 0 ? rest : rest.slice(0, end));
        if (end < 0) return;
        this.#element = '';
      } else if (end === 0) {
        if (rest.length > longestTag) throw new MalformedExport('A tag without an end.');
        this.#pending = rest;
        return;
      } else {
        this.#parser.write(rest.slice(0, end));
      }
      rest = rest.slice(end);
    }
  }

  /** @throws MalformedExport when the text ended too early. */
  end(): void {
    this.#parser.write(this.#pending).close();
  }

  #lookForTruncation(text: string): void {
    const seen = this.#tail + text;
    this.truncated ||= seen.includes(truncationMark);
    this.#tail = seen.slice(-truncationMark.length);
    if (this.truncated) throw new TruncatedExportError();
  }

  #begin(responseClass: string): void {
    this.#responseClass = responseClass;
    this.#code = '';
    this.#message = '';
    this.#values = {};
    this.#bytes = 0;
    this.#base64 = new Base64Decoder();
    this.#waitsForMark = undefined;
    this.#dataTail = Buffer.alloc(0);
  }

  #data(text: string): void {
    if (this.#waitsForMark !== undefined) {
      this.#waitsForMark += text.length;
      if (this.#waitsForMark > truncationMark.length) this.#refuseData();
      return;
    }
    const piece = this.#base64.push(text);
    if (piece === undefined) this.#waitsForMark = 0;
    else if (piece.length > 0) this.#pass(piece);
  }

  #pass(piece: Buffer): void {
    this.#bytes += piece.length;
    this.#dataTail = Buffer.concat([this.#dataTail, piece]).subarray(-truncationMark.length);
    this.#write(this.items.length, piece);
  }

  #refuseData(): never {
    throw new MalformedExport("An item's data is not base64.");
  }

  #finish(): void {
    if (this.#waitsForMark !== undefined || !this.#base64.whole) this.#refuseData();
    const error = this.#itemError();
    this.items.push({ position: this.items.length, bytes: this.#bytes, ...(error && { error }) });
  }

  #itemError(): ExportedItem['error'] {
    if (this.#responseClass !== 'Success') {
      return new EwsError({
        kind: 'response',
        ...codeAndBackOff(this.#code.trim(), this.#values),
        message: this.#message.slice(0, 1000),
      });
    }
    return this.#dataTail.toString('latin1') === truncationMark ? new TruncatedExportError() : undefined;
  }
}
