import { terminalLine, terminalText } from '../core/text/terminalText';

/** Writes to the standard output what a terminal only shows: names in a model file may hold orders to it. */
export function writeOut(text: string): void {
  process.stdout.write(terminalText(text));
}

/** The same for the error output. */
export function writeError(text: string): void {
  process.stderr.write(terminalText(text));
}

/** Writes one line, which no name within it can end to begin another: programs that read the output go by lines. */
export function writeLine(text: string): void {
  writeOut(`${terminalLine(text)}\n`);
}

/** The same for the error output. */
export function writeErrorLine(text: string): void {
  writeError(`${terminalLine(text)}\n`);
}

/** Lines as one text, each of which stays one. */
export function linesText(lines: readonly string[]): string {
  return lines.map(terminalLine).join('\n');
}
