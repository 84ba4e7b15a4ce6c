/** Bytes as `xxd -i` writes them: twelve a line, in lower case. */
export function xxdNumbers(bytes: Uint8Array): string {
  const numbers = Array.from(bytes, (byte) => `0x${byte.toString(16).padStart(2, '0')}`);
  const lines = Array.from({ length: Math.ceil(numbers.length / 12) }, (_none, line) =>
    numbers.slice(line * 12, line * 12 + 12).join(', '),
  );
  return `  ${lines.join(',\n  ')}`;
}

/** A source with an array of these bytes, as `xxd -i` writes it. */
export function xxdSource(name: string, bytes: Uint8Array): string {
  return `unsigned char ${name}[] = {\n${xxdNumbers(bytes)}\n};\nunsigned int ${name}_len = ${bytes.length};\n`;
}
