import type { SyntaxKind } from 'jsonc-parser';
import { createScanner } from 'jsonc-parser';

/** Levels of a file that are read: a `milliwatt.json` has seven. Parsers go a call deeper with each. */
export const mostJsonLevels = 64;

/** Kinds of tokens of `jsonc-parser`, whose list is there for the compiler alone. */
const openBrace = 1 satisfies SyntaxKind.OpenBraceToken;
const closeBrace = 2 satisfies SyntaxKind.CloseBraceToken;
const openBracket = 3 satisfies SyntaxKind.OpenBracketToken;
const closeBracket = 4 satisfies SyntaxKind.CloseBracketToken;
const endOfText = 17 satisfies SyntaxKind.EOF;

/** Whether objects and lists of a JSON text with comments lie deeper in one another than may be, in one pass. */
export function isTooDeep(text: string): boolean {
  const scanner = createScanner(text, true);
  let levels = 0;
  for (let token: number = scanner.scan(); token !== endOfText; token = scanner.scan()) {
    if (token === openBrace || token === openBracket) levels++;
    if (token === closeBrace || token === closeBracket) levels--;
    if (levels > mostJsonLevels) return true;
  }
  return false;
}
