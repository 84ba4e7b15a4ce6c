/** One part of a hand-assembled file: a scalar in little-endian, or a text without a mark of its end. */
export type Part = readonly [kind: 'u8' | 'u16' | 'u32' | 'i32' | 'i64', ...values: number[]] | string;

/** Bytes written down one by one, for tests that must not depend on the writer. */
export function assemble(...parts: readonly Part[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => (typeof part === 'string' ? textBytes(part) : scalarBytes(part))));
}

const widths = { u8: 1, u16: 2, u32: 4, i32: 4, i64: 8 } as const;

function scalarBytes([kind, ...values]: Exclude<Part, string>): readonly number[] {
  return values.flatMap((value) =>
    Array.from({ length: widths[kind] }, (_none, index) =>
      widths[kind] < 8 ? (value >>> (8 * index)) & 255 : Number((BigInt(value) >> BigInt(8 * index)) & 255n),
    ),
  );
}

function textBytes(text: string): readonly number[] {
  return Array.from(text, (character) => character.charCodeAt(0));
}
