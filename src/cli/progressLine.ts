import { writeSync } from 'node:fs';
import { isatty } from 'node:tty';
import type { Progress } from '../core/compress/offer';
import { terminalLine } from '../core/text/terminalText';

/**
 * Shows the progress of long work on standard error: one line that is written over in a terminal, one line a stage
 * elsewhere.
 */
export function progressLine(): { readonly show: (progress: Progress) => void; readonly end: () => void } {
  // Asked by its number: a thread has streams of its own.
  const isTerminal = isatty(2);
  let last = '';
  return {
    show(progress) {
      const { share } = progress;
      const stage = terminalLine(progress.stage);
      const text = isTerminal ? `${stage} ${Math.round(share * 100)} %` : stage;
      if (text === last) return;
      last = text;
      writeNow(isTerminal ? `\r\u001b[K${text}` : `${text}\n`);
    },
    end() {
      if (isTerminal && last !== '') writeNow('\r\u001b[K');
    },
  };
}

/** At once: what a thread gives to its streams is shown only when it comes to rest. */
function writeNow(text: string): void {
  try {
    writeSync(2, text);
  } catch {
    // Nothing hangs on it.
  }
}
