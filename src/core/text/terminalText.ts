/**
 * What a terminal would obey and not show: control characters of both sets but tab and line feed, and what turns the
 * direction of writing around.
 */
const obeyed = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Text for a terminal: a sign that it would obey becomes its escape `\u001b`, which JSON reads as the same sign. */
export function terminalText(text: string): string {
  return text.replace(obeyed, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** The same for a name or sentence within a line: it cannot begin another one. */
export function terminalLine(text: string): string {
  return terminalText(text.replace(/\n/g, '\\n'));
}
