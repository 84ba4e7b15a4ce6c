import { unknown } from './machine';
import { str } from './plainValues';
import { holdsTooMuch } from './sizes';
import type { PythonPlace, UnknownValue, PythonValue } from './values';

/** `str(value)`; unknown where a part of it is. */
export function textOfValue(value: PythonValue, at: PythonPlace): string | UnknownValue {
  if (value.kind === 'host' && value.object.text !== undefined) return value.object.text();
  return value.kind === 'string' ? value.value : written(value, at);
}

/** `repr(value)`. */
export function written(value: PythonValue, at: PythonPlace): string | UnknownValue {
  return holdsTooMuch(value) ? unknown('This is longer than what is followed here.', at) : textIn(value, at);
}

function textIn(value: PythonValue, at: PythonPlace): string | UnknownValue {
  switch (value.kind) {
    case 'string':
      return `'${value.value}'`;
    case 'none':
      return 'None';
    case 'bool':
      return value.value ? 'True' : 'False';
    case 'number':
      return numberText(value.value, value.isFloat);
    case 'list':
    case 'tuple': {
      const parts: string[] = [];
      for (const item of value.items) {
        const part = textIn(item, at);
        if (typeof part !== 'string') return part;
        parts.push(part);
      }
      if (value.kind === 'list') return `[${parts.join(', ')}]`;
      return parts.length === 1 ? `(${parts[0]},)` : `(${parts.join(', ')})`;
    }
    case 'unknown':
      return value;
    default:
      return unknown('How this is written is not followed.', at);
  }
}

export function numberText(value: number, isFloat: boolean): string {
  if (!isFloat) return String(value);
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf';
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e16)) {
    return value.toExponential().replace(/e([+-])(\d)$/, 'e$10$2');
  }
  return Number.isInteger(value) ? `${value}.0` : String(value);
}

/** `format(value, spec)`, and `%` with the same letters. */
export function inFormat(value: PythonValue, spec: string, at: PythonPlace): string | UnknownValue {
  if (value.kind === 'unknown') return value;
  if (spec === '') return textOfValue(value, at);
  const parts = /^(?:(.)?([<>^=]))?([+ -])?#?(0)?(\d+)?([,_])?(?:\.(\d+))?([bcdeEfFgGnosxXr%])?$/.exec(spec);
  if (parts === null) return unknown(`The format "${spec.slice(0, 40)}" is not followed.`, at);
  const [, fill, align, sign, zero, width, grouping, precision, type] = parts as (string | undefined)[];
  if (grouping !== undefined) return unknown(`The format "${spec.slice(0, 40)}" is not followed.`, at);
  const body = bodyOf(value, { type, precision: precision === undefined ? undefined : Number(precision) }, at);
  if (typeof body !== 'string') return body;
  const signed = sign === '+' && !body.startsWith('-') && value.kind === 'number' ? `+${body}` : body;
  const missing = Math.min(1000, Number(width ?? 0)) - signed.length;
  if (missing <= 0) return signed;
  const isNumber = value.kind === 'number';
  if (zero !== undefined && align === undefined && isNumber) {
    return /^[+-]/.test(signed) ? signed[0] + '0'.repeat(missing) + signed.slice(1) : '0'.repeat(missing) + signed;
  }
  const padding = fill ?? ' ';
  const where = align ?? (isNumber ? '>' : '<');
  if (where === '<') return signed + padding.repeat(missing);
  if (where !== '^') return padding.repeat(missing) + signed;
  return padding.repeat(missing >> 1) + signed + padding.repeat(missing - (missing >> 1));
}

interface BodyFormat {
  readonly type: string | undefined;
  readonly precision: number | undefined;
}

function bodyOf(value: PythonValue, { type, precision }: BodyFormat, at: PythonPlace): string | UnknownValue {
  if (value.kind === 'number' || value.kind === 'bool') {
    const number = Number(value.value);
    const digits = Math.min(100, precision ?? 6);
    switch (type) {
      case 'd':
      case 'i':
      case 'u':
      case 'n':
        return String(Math.trunc(number));
      case 'f':
      case 'F':
        return number.toFixed(digits);
      case 'e':
        return number.toExponential(digits).replace(/e([+-])(\d)$/, 'e$10$2');
      case '%':
        return `${(number * 100).toFixed(digits)}%`;
      case 'x':
        return number.toString(16);
      case 'X':
        return number.toString(16).toUpperCase();
      case 'o':
        return number.toString(8);
      case 'b':
        return number.toString(2);
      case 'g':
        return String(Number(number.toPrecision(Math.max(1, digits))));
    }
    if (precision !== undefined && type === undefined && value.kind === 'number' && value.isFloat) {
      return String(Number(number.toPrecision(Math.max(1, digits))));
    }
  }
  const text = type === 'r' ? written(value, at) : textOfValue(value, at);
  return typeof text === 'string' && precision !== undefined ? text.slice(0, precision) : text;
}

/** `format % values`. */
export function formatted(format: string, values: PythonValue, at: PythonPlace): PythonValue {
  const given = values.kind === 'tuple' ? values.items : [values];
  let next = 0;
  let open: UnknownValue | undefined;
  const text = format.replace(/%(?:\(([^)]*)\))?([-+ 0#]*)(\d*)(?:\.(\d+))?([diufFeEgGsrxXoc%])/g, (...match) => {
    const [, key, flags, width, precision, type] = match as (string | undefined)[];
    if (type === '%') return '%';
    let value: PythonValue | undefined;
    if (key !== undefined) {
      value = values.kind === 'dict' ? values.entries.get(`s:${key}`)?.[1] : undefined;
    } else value = given.at(next++);
    const letter = type === 'i' || type === 'u' ? 'd' : type;
    const align = flags?.includes('-') ? '<' : value?.kind === 'string' ? '>' : '';
    const zero = flags?.includes('0') ? '0' : '';
    const spec = `${align}${flags?.includes('+') ? '+' : ''}${zero}${width}${precision === undefined ? '' : `.${precision}`}`;
    const made =
      value === undefined
        ? unknown('A value for this text is missing.', at)
        : inFormat(value, letter === 's' || letter === undefined ? spec : spec + letter, at);
    if (typeof made === 'string') return made;
    open ??= made;
    return '';
  });
  return open ?? str(text);
}

/** `format.format(…)`. */
export function filledIn(
  format: string,
  positional: readonly PythonValue[],
  named: ReadonlyMap<string, PythonValue>,
  { at, look }: { readonly at: PythonPlace; readonly look: (value: PythonValue, path: string) => PythonValue },
): PythonValue {
  let next = 0;
  let open: UnknownValue | undefined;
  const text = format.replace(
    /\{\{|\}\}|\{([A-Za-z_]\w*|\d+)?((?:\.\w+|\[[^\]]*\])*)(?:!([rsa]))?(?::([^{}]*))?\}/g,
    (...match) => {
      const [whole, key, path, , spec] = match as (string | undefined)[];
      if (whole === '{{' || whole === '}}') return whole[0];
      let value: PythonValue | undefined;
      if (key === undefined) value = positional.at(next++);
      else value = /^\d/.test(key) ? positional.at(Number(key)) : named.get(key);
      const found = value === undefined || !path ? value : look(value, path);
      const made =
        found === undefined ? unknown('A value for this text is missing.', at) : inFormat(found, spec ?? '', at);
      if (typeof made === 'string') return made;
      open ??= made;
      return '';
    },
  );
  return open ?? str(text);
}
