import { terminalText } from '../core/text/terminalText';

/** Writes to the standard output what a terminal only shows: names in a model file may hold orders to it. */
export function writeOut(text: string): void {
  process.stdout.write(terminalText(text));
}

/** The same for the error output. */
export function writeError(text: string): void {
  process.stderr.write(terminalText(text));
}
