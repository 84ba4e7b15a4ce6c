interface Variable {
  memory?: Uint8Array;
  initial: number;
}

/** The resource variables of a model: memory that keeps its content from one inference to the next, found by name. */
export class Variables {
  readonly #numbers = new Map<string, number>();
  readonly #variables: Variable[] = [];

  /** The number of a variable; a new one for a name that was not seen before. */
  numberOf(container: string, name: string): number {
    const key = `${container}\n${name}`;
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    this.#numbers.set(key, this.#variables.length);
    return this.#variables.push({ initial: 0 }) - 1;
  }

  /** A variable's memory; the first who asks decides its size and the value of its bytes before the first inference. */
  memory(variable: number, bytes: number, initial: number): Uint8Array {
    const entry = (this.#variables[variable] ??= { initial });
    if (entry.memory === undefined) {
      entry.initial = initial;
      entry.memory = new Uint8Array(bytes).fill(initial);
    }
    return entry.memory;
  }

  reset(): void {
    for (const { memory, initial } of this.#variables) memory?.fill(initial);
  }
}
