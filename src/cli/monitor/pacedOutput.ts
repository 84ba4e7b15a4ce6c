import type { Writable } from 'node:stream';

/** So much waits for the reader of an output. */
const mostWaitingBytes = 4 * 1024 * 1024;

interface PacedOptions {
  readonly stream: Writable;
  /**
   * Called with false where the reader is behind and more should not come, and with true when it has caught up. Without
   * it text is left out meanwhile.
   */
  readonly setFlowing?: (isFlowing: boolean) => void;
  /** How many bytes were left out, when the reader has caught up. */
  readonly leftOut: (bytes: number) => void;
}

/** Writes to an output that may not be read, in bounded memory. */
export class PacedOutput {
  readonly #options: PacedOptions;
  #isBehind = false;
  #leftOutBytes = 0;

  constructor(options: PacedOptions) {
    this.#options = options;
    options.stream.on('drain', this.#caughtUp);
  }

  write(text: string): void {
    const { stream, setFlowing } = this.#options;
    if (this.#isBehind && stream.writableLength > this.#mostBytes) {
      this.#leftOutBytes += Buffer.byteLength(text);
      return;
    }
    stream.write(text);
    if (this.#isBehind || stream.writableLength <= mostWaitingBytes) return;
    this.#isBehind = true;
    setFlowing?.(false);
  }

  close(): void {
    this.#options.stream.off('drain', this.#caughtUp);
  }

  /** A source that was asked to stop may still send what it has on its way. */
  get #mostBytes(): number {
    return this.#options.setFlowing === undefined ? mostWaitingBytes : 4 * mostWaitingBytes;
  }

  readonly #caughtUp = (): void => {
    if (!this.#isBehind) return;
    this.#isBehind = false;
    const leftOut = this.#leftOutBytes;
    this.#leftOutBytes = 0;
    if (leftOut > 0) this.#options.leftOut(leftOut);
    this.#options.setFlowing?.(true);
  };
}
