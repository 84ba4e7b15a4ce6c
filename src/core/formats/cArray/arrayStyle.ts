import type { SourceArray } from '../../firmware/arrays/sourceArray';
import { textOf } from '../../firmware/arrays/units';

/** How the elements of an array are written. */
interface ArrayStyle {
  readonly form: SourceArray['form'];
  readonly elementBytes: number;
  /** Elements in a line; `Infinity` where all stand in one. */
  readonly perLine: number;
  readonly indent: string;
  readonly isHex: boolean;
  readonly isUpperCase: boolean;
  /** Between the comma and the next element of the line. */
  readonly gap: string;
  /** Behind each number: `u`, `U`, nothing. */
  readonly suffix: string;
  readonly endsWithComma: boolean;
  readonly lineBreak: string;
}

/** What `xxd -i` writes. */
export const xxdStyle: ArrayStyle = {
  form: 'numbers',
  elementBytes: 1,
  perLine: 12,
  indent: '  ',
  isHex: true,
  isUpperCase: false,
  gap: ' ',
  suffix: '',
  endsWithComma: false,
  lineBreak: '\n',
};

/** The style of a body is that of its first lines. */
const looked = 4000;

/** The style of an array as it is written; where its body says nothing, that of `xxd -i`. */
export function styleOf(units: Uint8Array, { body, form, type }: SourceArray): ArrayStyle {
  const { start, end } = body;
  const head = textOf(units, start, Math.min(end, start + looked));
  const tail = textOf(units, Math.max(start, end - 200), end);
  const code = head.replace(/\/\*[^]*?\*\/|\/\/[^\n]*/g, '');
  const element = form === 'strings' ? /\\(?:x[\da-fA-F]+|[0-7]{1,3}|.)|[^"\\\s]/g : /\b0[xX][\da-fA-F]+\w*|\b\d\w*|'/g;
  const lines = code.split('\n').filter((line) => line.search(element) >= 0);
  const [line = ''] = lines;
  const isOneLine = lines.length === 1 && (head.length === looked || !/\n/.test(code.trimEnd()));
  const first = (form === 'strings' ? /\\x[\da-fA-F]+/ : /\b0[xX][\da-fA-F]+|\b\d+/).exec(code)?.[0] ?? '';
  const digits = (code.match(/(?:0|\\)[xX][\da-fA-F]+/g) ?? []).map((each) => each.slice(2)).join('');
  return {
    form,
    elementBytes: type.bytes ?? 1,
    perLine: isOneLine ? Infinity : Math.max(1, line.match(element)?.length ?? xxdStyle.perLine),
    indent: /^[ \t]*/.exec(line)?.[0] ?? '',
    isHex: form === 'strings' || first === '' || /^0[xX]/.test(first),
    isUpperCase: /[A-F]/.test(digits) && !/[a-f]/.test(digits),
    gap: /[\w'],([ \t]*)[\w'-]/.exec(line)?.[1] ?? xxdStyle.gap,
    suffix: /\b(?:0[xX][\da-fA-F]+|\d+)([uU]?[lL]?)\b/.exec(code)?.[1] ?? '',
    endsWithComma: /,\s*$/.test(tail),
    lineBreak: head.includes('\r\n') ? '\r\n' : '\n',
  };
}

/** Bytes as the body of an array; what is no whole element is filled with zeros. */
export function bodyText(bytes: Uint8Array, style: ArrayStyle): string {
  const { form, perLine, indent, gap, lineBreak, endsWithComma } = style;
  const elements =
    form === 'strings' ? Array.from(bytes, (byte) => escapeText(byte, style)) : numberTexts(bytes, style);
  if (perLine === Infinity) return form === 'strings' ? `"${elements.join('')}"` : elements.join(`,${gap}`);
  const lines: string[] = [];
  for (let at = 0; at < elements.length; at += perLine) {
    const line = elements.slice(at, at + perLine);
    lines.push(form === 'strings' ? `"${line.join('')}"` : line.join(`,${gap}`));
  }
  if (form === 'strings') return lines.join(`${lineBreak}${indent}`);
  return `${lineBreak}${indent}${lines.join(`,${lineBreak}${indent}`)}${endsWithComma ? ',' : ''}${lineBreak}`;
}

function escapeText(byte: number, { isUpperCase }: ArrayStyle): string {
  const digits = byte.toString(16).padStart(2, '0');
  return `\\x${isUpperCase ? digits.toUpperCase() : digits}`;
}

function numberTexts(bytes: Uint8Array, { elementBytes, isHex, isUpperCase, suffix }: ArrayStyle): readonly string[] {
  const count = Math.ceil(bytes.length / elementBytes);
  return Array.from({ length: count }, (_none, index) => {
    const element = bytes.subarray(index * elementBytes, (index + 1) * elementBytes);
    const digits = Array.from(element, (byte) => byte.toString(16).padStart(2, '0'))
      .reverse()
      .join('');
    if (!isHex) return `${BigInt(`0x${digits}`)}${suffix}`;
    const padded = digits.padStart(2 * elementBytes, '0');
    return `0x${isUpperCase ? padded.toUpperCase() : padded}${suffix}`;
  });
}
