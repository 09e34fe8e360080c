export interface Subscription {
  dispose(): void;
}

/** Listeners of one event. Plain Node's twin of vscode.EventEmitter, for rooms that do not know VS Code. */
export class Emitter<T> {
  readonly #listeners = new Set<(event: T) => void>();

  readonly event = (listener: (event: T) => void): Subscription => {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  };

  fire(event: T): void {
    for (const listener of [...this.#listeners]) listener(event);
  }
}
