import { isatty } from 'node:tty';
import type { Progress } from '../core/compress/offer';
import { terminalLine } from '../core/text/terminalText';
import { writeAtOnce } from '../files/writing';

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
      writeAtOnce(2, isTerminal ? `\r\u001b[K${text}` : `${text}\n`);
    },
    end() {
      if (isTerminal && last !== '') writeAtOnce(2, '\r\u001b[K');
    },
  };
}
