import type { SourceArray } from '../../firmware/arrays/sourceArray';
import type { ModelSource } from '../source';
import { bodyText, styleOf, xxdStyle } from './arrayStyle';
import { isLengthOf } from './lengths';
import { chosenModel } from './reader';
import { sourceModels } from './sourceModels';

/** How a new array is declared and written. */
interface SourceStyle {
  readonly body: typeof xxdStyle;
  readonly type: string;
  /** Where the type is declared. */
  readonly include?: string;
  readonly alignBytes: number;
  /** Of the linker. */
  readonly section?: string;
  /** Before and behind the names of array and length: `g_`, `_len`. */
  readonly prefix: string;
  readonly lengthEnd: string;
}

/** What `xxd -i` writes, constant and aligned as TFLM asks for. */
const plainStyle: SourceStyle = {
  body: xxdStyle,
  type: 'unsigned char',
  alignBytes: 16,
  prefix: '',
  lengthEnd: '_len',
};

/**
 * A source that holds nothing but a model, aligned and constant, with its length: as `xxd -i` writes and names it, or
 * in the style of an array that a project has already.
 */
export function newSource(name: string, bytes: Uint8Array, path: string, pattern?: ModelSource): Uint8Array {
  const style = pattern === undefined ? plainStyle : projectStyle(pattern, path);
  const { body, type: element, include, prefix, lengthEnd } = style;
  const isHeader = /\.(?:h|hh|hpp|inc)$/i.test(path);
  const isPlainC = isPlain(path);
  const [array, type] = [name.startsWith(prefix) ? name : `${prefix}${name}`, `const ${element}`];
  const length = `const unsigned int ${array}${lengthEnd}`;
  const declaration = declarationOf(`${type} ${array}[]`, style, isPlainC);
  // In C++ a constant is seen by other files only where it was declared extern.
  const seen = isHeader || isPlainC ? [] : [`extern ${type} ${array}[];`, `extern ${length};`, ''];
  const lines = [
    ...(isHeader ? ['#pragma once', ''] : []),
    ...(include === undefined ? [] : [`#include <${include}>`, '']),
    ...seen,
    `${declaration} = {${bodyText(bytes, body)}};`,
    `${length} = ${bytes.length};`,
    '',
  ];
  return new TextEncoder().encode(lines.join(body.lineBreak));
}

/** C++ has a word of its own for the alignment; a section is an attribute in both. */
function declarationOf(array: string, { alignBytes, section }: SourceStyle, isPlainC: boolean): string {
  const attributes = [
    ...(isPlainC ? [`aligned(${alignBytes})`] : []),
    ...(section === undefined ? [] : [`section("${section}")`]),
  ];
  const behind = attributes.length === 0 ? '' : ` __attribute__((${attributes.join(', ')}))`;
  return `${isPlainC ? '' : `alignas(${alignBytes}) `}${array}${behind}`;
}

/** Read by C and by C++ alike. */
function isPlain(path: string): boolean {
  return /\.(?:h|c)$/i.test(path);
}

/** The style of a project's array; what another file could not use of it is that of `xxd -i`. */
function projectStyle(pattern: ModelSource, path: string): SourceStyle {
  const { array } = chosenModel(pattern);
  if (array.form === 'strings') return plainStyle;
  const [, qualifier, fixed] = /^(std::)?(u?int(?:8|16|32|64)_t)$/.exec(array.type.text) ?? [];
  const isKnown = fixed !== undefined || /^(?:(?:un)?signed )?char$/.test(array.type.text);
  if (!isKnown) return { ...plainStyle, body: { ...styleOf(pattern.bytes, array), elementBytes: 1 } };
  const isPlainC = isPlain(path);
  return {
    body: styleOf(pattern.bytes, array),
    type: isPlainC ? array.type.text.replace(/^std::/, '') : array.type.text,
    ...(fixed === undefined ? {} : { include: isPlainC || qualifier === undefined ? 'stdint.h' : 'cstdint' }),
    // TFLM reads tensors in place: what a project asks for beyond that is its own.
    alignBytes: Math.max(plainStyle.alignBytes, array.alignBytes ?? 0),
    ...(array.section !== undefined && /^[\w.$-]+$/.test(array.section) && { section: array.section }),
    prefix: array.name.startsWith('g_') ? 'g_' : '',
    lengthEnd: lengthEndOf(pattern, array),
  };
}

/** `_size` where a constant `g_model_size` stands beside `g_model`. */
function lengthEndOf(pattern: ModelSource, array: SourceArray): string {
  const named = sourceModels(pattern).constants.find(
    ({ name }) => name.startsWith(`${array.name}_`) && isLengthOf(array, name),
  );
  return named === undefined ? plainStyle.lengthEnd : named.name.slice(array.name.length);
}
