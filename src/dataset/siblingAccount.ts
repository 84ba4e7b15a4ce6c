import { HumanError } from '../core/model/problem';

/** What may be read beside one model. */
export interface SiblingLimits {
  readonly files: number;
  readonly bytes: number;
}

/** A program's modules are hundreds at most; weights beside a model are as large as models get. */
const defaultLimits: SiblingLimits = { files: 2000, bytes: 512 * 1024 * 1024 };

/** Counts what is read beside one model against its limits. */
export class SiblingAccount {
  readonly #limits: SiblingLimits;
  #files = 0;
  #bytes = 0;

  constructor(limits = defaultLimits) {
    this.#limits = limits;
  }

  get bytesLeft(): number {
    return this.#limits.bytes - this.#bytes;
  }

  /** One more file, whether or not it is there. @throws HumanError when it is one too many. */
  take(name: string, bytes: number): void {
    this.#files += 1;
    this.#bytes += bytes;
    if (this.#files > this.#limits.files || this.#bytes > this.#limits.bytes) throw this.tooMuch(name);
  }

  tooMuch(name: string): HumanError {
    const { files, bytes } = this.#limits;
    return new HumanError(
      'siblings-too-many',
      `With ${name} the model takes more than ${files} files or ${bytes} bytes beside it. ` +
        'It is no model for a microcontroller; name a smaller one.',
    );
  }
}
