import { gelu } from '../../../execute/meaning/gelu';
import type { Operator } from '../../../model/model';
import { booleanOption } from '../../../model/options';
import { refusalOf } from '../../refusal';
import { lookup } from '../../../text/lookup';
import { int8Lookup } from '../int8Lookup';
import { patternRewrite } from '../patternRewrite';

/** What an operator makes of one real number. */
const functions: Readonly<Record<string, (operator: Operator) => (value: number) => number>> = lookup({
  COS: () => Math.cos,
  ELU: () => (value: number) => (value < 0 ? Math.expm1(value) : value),
  EXP: () => Math.exp,
  GELU: (operator: Operator) => gelu(booleanOption(operator, 'approximate', false)),
  LOG: () => Math.log,
  NEG: () => (value: number) => -value,
  SIN: () => Math.sin,
  SQRT: () => Math.sqrt,
  SQUARE: () => (value: number) => value * value,
});

/** Functions of single int8 values that have no int8 kernel look their 256 results up. */
export const int8Table = patternRewrite({
  id: 'int8-table',
  exactWhen: 'Each of the 256 results is rounded from the real number as TF Lite rounds it for its own table.',
  kinds: Object.keys(functions),
  match: (operator, view, use) => {
    if (refusalOf(operator, view.graph, use.library) === undefined) return undefined;
    const inserted = int8Lookup(view, operator, functions[operator.kind](operator));
    if (inserted === undefined) return undefined;
    return {
      ...{ removed: [operator], inserted },
      sentence: (name) => `${operator.kind} "${name}" of int8 looks its results up in a table of 256 bytes.`,
    };
  },
});
