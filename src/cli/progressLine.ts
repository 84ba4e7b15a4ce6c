import type { Progress } from '../core/compress/offer';
import { terminalLine } from '../core/text/terminalText';

/**
 * Shows the progress of long work on standard error: one line that is written over in a terminal, one line a stage
 * elsewhere.
 */
export function progressLine(): { readonly show: (progress: Progress) => void; readonly end: () => void } {
  const { stderr } = process;
  let last = '';
  return {
    show(progress) {
      const { share } = progress;
      const stage = terminalLine(progress.stage);
      const text = stderr.isTTY ? `${stage} ${Math.round(share * 100)} %` : stage;
      if (text === last) return;
      last = text;
      stderr.write(stderr.isTTY ? `\r\u001b[K${text}` : `${text}\n`);
    },
    end() {
      if (stderr.isTTY && last !== '') stderr.write('\r\u001b[K');
    },
  };
}
