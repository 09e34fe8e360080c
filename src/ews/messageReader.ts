import { SaxesParser } from 'saxes';
import { codeAndBackOff, EwsError } from './ewsError.ts';

/** Reads what one response message holds besides its class and code. Names are without their prefix. */
export interface ContentReader<T> {
  /** @param attribute gives an attribute's value, and '' where there is none */
  open?(name: string, attribute: (name: string) => string): void;
  /** @param text of an element without elements in it; else '' */
  close?(name: string, text: string): void;
  /** What was read when the message ends; undefined: it lacks what it must have. */
  result(): T | undefined;
}

/** What became of one thing that was asked; undefined: the message says neither. */
export type ReadMessage<T> = { readonly value: T } | { readonly error: EwsError } | undefined;

/** The answer is not well-formed XML. */
export class MalformedAnswer extends Error {}

/** The response messages of an answer (MS-OXWSCDATA 2.2.4.67), whatever the operation, read as they arrive. */
export class MessageReader<T> {
  readonly messages: ReadMessage<T>[] = [];
  readonly #parser = new SaxesParser({ xmlns: true });
  readonly #newContent: () => ContentReader<T>;
  #content: ContentReader<T> | undefined;
  #responseClass = '';
  #text = '';
  #texts: { [name: string]: string } = {};
  /** Of MessageXml, by their Name. */
  #values: { [name: string]: string } = {};
  #valueName = '';

  /** @param newContent made anew for each message */
  constructor(newContent: () => ContentReader<T>) {
    this.#newContent = newContent;
    this.#parser.on('opentag', ({ local, attributes }) => {
      this.#open(local, (name) => attributes[name]?.value ?? '');
    });
    this.#parser.on('text', (text) => (this.#text += text));
    this.#parser.on('closetag', ({ local }) => this.#close(local));
    this.#parser.on('error', (error) => {
      throw new MalformedAnswer(error.message);
    });
  }

  /** @throws MalformedAnswer */
  push(text: string): void {
    this.#parser.write(text);
  }

  /** @throws MalformedAnswer for an answer that ends too early */
  end(): void {
    this.#parser.close();
  }

  #open(name: string, attribute: (name: string) => string): void {
    this.#text = '';
    if (name === 'Value') this.#valueName = attribute('Name');
    if (!name.endsWith('ResponseMessage')) {
      this.#content?.open?.(name, attribute);
      return;
    }
    this.#responseClass = attribute('ResponseClass');
    this.#content = this.#newContent();
    this.#texts = {};
    this.#values = {};
  }

  #close(name: string): void {
    const text = this.#text.trim();
    this.#text = '';
    if (this.#content === undefined) return;
    if (name.endsWith('ResponseMessage')) {
      this.messages.push(this.#message(this.#content));
      this.#content = undefined;
      return;
    }
    if (name === 'ResponseCode' || name === 'MessageText') this.#texts[name] = text;
    if (name === 'Value') this.#values[this.#valueName] = text;
    this.#content.close?.(name, text);
  }

  /** A warning with what was asked for is as good as a success; without, it says why that was not come to. */
  #message(content: ContentReader<T>): ReadMessage<T> {
    const value = this.#responseClass === 'Error' ? undefined : content.result();
    if (value !== undefined) return { value };
    return this.#responseClass === 'Success' ? undefined : { error: this.#error() };
  }

  #error(): EwsError {
    return new EwsError({
      kind: 'response',
      ...codeAndBackOff(this.#texts.ResponseCode ?? '', this.#values),
      message: (this.#texts.MessageText ?? '').slice(0, 1000),
    });
  }
}
