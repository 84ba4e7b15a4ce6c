/** The integer that a literal of C says, with its suffixes and digit separators; absent for what is no integer. */
export function integerOf(text: string): number | undefined {
  const digits = text.replaceAll("'", '').replace(/(?:[uU]?[lLzZ]{0,2}|[lL]{1,2}[uU])$/, '');
  if (/^0[xX][0-9a-fA-F]+$/.test(digits) || /^0[bB][01]+$/.test(digits)) return safe(Number(digits));
  if (/^0[0-7]+$/.test(digits)) return safe(Number.parseInt(digits, 8));
  return /^(?:0|[1-9]\d*)$/.test(digits) ? safe(Number(digits)) : undefined;
}

/** The number that a literal of C says, `0.5f` among them. */
export function numberOf(text: string): number | undefined {
  const integer = integerOf(text);
  if (integer !== undefined) return integer;
  const digits = text.replaceAll("'", '').replace(/[fFlL]$/, '');
  return /^(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(digits) ? Number(digits) : undefined;
}

function safe(value: number): number | undefined {
  return Number.isSafeInteger(value) ? value : undefined;
}
