import { HumanError } from '../model/problem';

export const hexRowBytes = 16;

/** One row of a hex view. `offset` counts bytes from the beginning of what is shown. */
export interface HexRow {
  readonly offset: number;
  /** `4d 57 31 20 …`, two groups of eight, padded to the full width. */
  readonly hex: string;
  /** Printable ASCII; a dot for every other byte. */
  readonly ascii: string;
}

/** Rows of 16 bytes. */
export function hexRows(bytes: Uint8Array, offset = 0): readonly HexRow[] {
  const rows: HexRow[] = [];
  for (let start = 0; start < bytes.length; start += hexRowBytes) {
    const row = Array.from(bytes.subarray(start, start + hexRowBytes));
    rows.push({ offset: offset + start, hex: hexOf(row), ascii: row.map(asciiOf).join('') });
  }
  return rows;
}

/** `00000010  4d 57 31 20 …  |MW1 …|`. */
export function hexRowText({ offset, hex, ascii }: HexRow): string {
  return `${offset.toString(16).padStart(8, '0')}  ${hex}  |${ascii}|`;
}

/** The bytes that `4d 57 0x31,0a` means. Throws `HumanError` where it is not hexadecimal. */
export function parseHex(text: string): Uint8Array {
  const parts = text.split(/[\s,;]+/).filter((part) => part !== '');
  const digits = parts.map((part) => part.replace(/^0x/i, ''));
  const wrong = digits.findIndex((part) => !/^([0-9a-f]{2})+$/i.test(part));
  if (wrong >= 0) {
    const shown = parts[wrong].slice(0, 40);
    throw new HumanError(
      'hex-invalid',
      `"${shown}" is not hexadecimal: write two digits for each byte, such as 4d 57 31.`,
    );
  }
  return Uint8Array.from(digits.join('').match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

function hexOf(row: readonly number[]): string {
  const pairs = row.map((byte) => byte.toString(16).padStart(2, '0'));
  const text = `${pairs.slice(0, 8).join(' ')}  ${pairs.slice(8).join(' ')}`;
  return text.padEnd(hexRowBytes * 3);
}

function asciiOf(byte: number): string {
  return byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.';
}
