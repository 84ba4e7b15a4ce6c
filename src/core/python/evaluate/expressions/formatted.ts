import type { PyExpression } from '../../syntax/tree';
import { inFormat, textOfValue, written } from '../format';
import { unknown } from '../machine';
import { str } from '../plainValues';
import type { PythonPlace, PythonValue, UnknownValue } from '../values';
import type { ExpressionWork } from './work';

export function formatted(
  work: ExpressionWork,
  { parts }: Extract<PyExpression, { kind: 'format' }>,
  at: PythonPlace,
): PythonValue {
  let text = '';
  for (const part of parts) {
    if (typeof part === 'string') text += part;
    else {
      const value = work.of(part.value);
      const spec = formatSpec(work, part.spec);
      if (typeof spec !== 'string') return spec;
      const made =
        part.conversion === '!r' || part.label !== undefined
          ? written(value, at)
          : part.conversion === '' || spec !== ''
            ? inFormat(value, spec, at)
            : textOfValue(value, at);
      if (typeof made !== 'string') return made;
      text += (part.label ?? '') + made;
    }
  }
  return str(text);
}

/** Names in the braces of a format's own format. */
function formatSpec(work: ExpressionWork, spec: string): string | UnknownValue {
  let open: UnknownValue | undefined;
  const filled = spec.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = work.context.scope.get(name);
    const text = value === undefined ? undefined : textOfValue(value, { unit: work.context.unit, from: 0, to: 0 });
    if (typeof text === 'string') return text;
    open ??= text ?? unknown(`${name} is not defined in what was read.`);
    return '';
  });
  return open ?? filled;
}
