/** Named hexadecimal values of a dump's line, names in lower case: `PC : 0x400d1f2c  PS : 0x60330`, `R0 = 00000000`. */
export function registersOf(line: string, name: RegExp): Readonly<Record<string, number>> | undefined {
  const found: Record<string, number> = {};
  let count = 0;
  for (const match of line.matchAll(pair)) {
    const register = match[1].toLowerCase();
    if (!name.test(register) || match[2].length > 8) continue;
    found[register] = Number.parseInt(match[2], 16);
    count += 1;
    if (count >= 32) break;
  }
  return count === 0 ? undefined : found;
}

const pair = /\b([A-Za-z][A-Za-z0-9_]{0,11}(?:\/[A-Za-z0-9]{1,4})?)\)?\s*[:=]\s*(?:0[xX])?([0-9a-fA-F]{1,9})\b/g;
