import type { Expression } from '../syntax/expression';
import type { VariableFact } from '../syntax/syntax';

/** Bytes of types that are the same on all 32-bit microcontrollers. */
export const typeBytes: ReadonlyMap<string, number> = new Map([
  ...['char', 'signed char', 'unsigned char', 'int8_t', 'uint8_t', 'bool', 'byte'].map((type) => [type, 1] as const),
  ...['short', 'int16_t', 'uint16_t', 'unsigned short'].map((type) => [type, 2] as const),
  ...['int', 'unsigned', 'unsigned int', 'int32_t', 'uint32_t', 'float', 'size_t', 'long'].map(
    (type) => [type, 4] as const,
  ),
  ...['int64_t', 'uint64_t', 'double', 'long long'].map((type) => [type, 8] as const),
]);

/** Bytes of an element of this type; absent where it is not known. */
export function elementBytes(type: string): number | undefined {
  const bare = type.replace(/\b(?:const|static|volatile|std::|extern|constexpr|inline|struct)\b\s*|std::/g, '').trim();
  return bare.includes('*') ? 4 : typeBytes.get(bare);
}

/** `std::array<uint8_t, N>`. */
export function stdArray({
  type,
  typeName,
  templateArguments,
  indirections,
}: VariableFact): { readonly element: string; readonly count: Expression } | undefined {
  const count = templateArguments.at(1);
  if (typeName !== 'array' || count === undefined || indirections > 0) return undefined;
  return { element: /<([^<>,]*),/.exec(type)?.[1] ?? '', count };
}
