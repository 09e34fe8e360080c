/** Which rows are chosen: a bit for each. */
export class Selection {
  #bits = new Uint32Array(32);
  #count = 0;

  get count(): number {
    return this.#count;
  }

  has(row: number): boolean {
    return (((this.#bits[row >>> 5] ?? 0) >>> (row & 31)) & 1) === 1;
  }

  set(row: number, isChosen: boolean): void {
    if (this.has(row) === isChosen) return;
    const word = row >>> 5;
    if (word >= this.#bits.length) {
      const bits = this.#bits;
      this.#bits = new Uint32Array(Math.max(word + 1, bits.length * 2));
      this.#bits.set(bits);
    }
    this.#bits[word] = (this.#bits[word] ?? 0) ^ (1 << (row & 31));
    this.#count += isChosen ? 1 : -1;
  }
}
