/** Closing brackets to add at a place of a text. */
interface Insertion {
  readonly at: number;
  readonly closing: string;
}

const closings: ReadonlyMap<string, string> = new Map([
  ['(', ')'],
  ['[', ']'],
  ['{', '}'],
]);

/**
 * Where brackets and strings were left open by a line that is still being typed: a later line, not indented further
 * than the statement's first, which does not look like one of its arguments, begins another statement.
 */
export function unclosedBrackets(text: string, from: number): readonly Insertion[] {
  const insertions: Insertion[] = [];
  let open: string[] = [];
  let quotes = '';
  let indent = 0;
  let lastCode = from;
  for (let start = from; start < text.length;) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    const line = text.slice(start, end);
    const spaces = line.length - line.trimStart().length;
    const isCode = spaces < line.length && line[spaces] !== '#';
    if (quotes === '' && isCode && open.length > 0 && spaces <= indent && beginsStatement(line)) {
      insertions.push({ at: lastCode, closing: closingOf(open) });
      open = [];
    }
    if (quotes === '' && open.length === 0 && isCode) indent = spaces;
    const scanned = scanLine(text, { from: start, to: end, open, quotes });
    quotes = scanned.quotes;
    if (scanned.unclosed !== '') insertions.push({ at: scanned.codeEnd, closing: scanned.unclosed });
    if (isCode || quotes !== '') lastCode = scanned.codeEnd;
    start = end + 1;
  }
  if (quotes === '' && open.length > 0) insertions.push({ at: lastCode, closing: closingOf(open) });
  return insertions;
}

function closingOf(open: readonly string[]): string {
  return open
    .map((each) => closings.get(each) ?? '')
    .reverse()
    .join('');
}

/** Several targets, an assignment with spaces, `add`, a keyword: no argument, whatever the line ends with. */
const ownStatement = /^\s*(?:@|[\w.\[\], ]+ [-+*/]?= |\w[\w.]*\.add\(|(?:def|class|import|from|return|with|while)\b)/;

/** Arguments on lines of their own end with a comma, or are followed by a closing bracket. */
function beginsStatement(line: string): boolean {
  if (!/^\s*[A-Za-z_@]/.test(line) || /^\s*(?:for|if|and|or|in|not)\b.*[^:]$/.test(line)) return false;
  if (ownStatement.test(line)) return true;
  return !/,\s*(?:#.*)?$/.test(line);
}

interface Scan {
  readonly from: number;
  readonly to: number;
  /** Brackets that are open; changed. */
  readonly open: string[];
  /** Of a string over several lines that goes on. */
  readonly quotes: string;
}

interface Scanned {
  readonly quotes: string;
  /** Behind the line's last character that is no comment. */
  readonly codeEnd: number;
  /** The quote of a string that the line should have ended. */
  readonly unclosed: string;
}

function scanLine(text: string, { from, to, open, quotes: before }: Scan): Scanned {
  let quotes = before;
  let codeEnd = from;
  for (let at = from; at < to; at += 1) {
    const char = text[at];
    if (quotes !== '') {
      if (char === '\\') at += 1;
      else if (text.startsWith(quotes, at)) {
        at += quotes.length - 1;
        quotes = '';
      }
      codeEnd = Math.min(to, at + 1);
      continue;
    }
    if (char === '#') break;
    if (char === '"' || char === "'") {
      quotes = text.startsWith(char.repeat(3), at) ? char.repeat(3) : char;
      at += quotes.length - 1;
    } else if (closings.has(char)) open.push(char);
    else if (open.length > 0 && closings.get(open[open.length - 1]) === char) open.pop();
    if (char.trim() !== '') codeEnd = at + 1;
  }
  const isLong = quotes.length === 3 || text[to - 1] === '\\';
  return { quotes: isLong ? quotes : '', codeEnd, unclosed: isLong ? '' : quotes };
}
