import type { Tensor } from '../../../model/model';
import { booleanOption } from '../../../model/options';
import { encode } from '../../../model/values/stored';
import { lookup } from '../../../text/lookup';
import type { GraphView, NewOperator } from '../graphView';
import { patternRewrite } from '../patternRewrite';

/** Source of the coefficients: Abramowitz and Stegun, 7.1.26. */
const coefficients = [1.061405429, -1.453152027, 1.421413741, -0.284496736, 0.254829592];
const reach = 0.3275911;

/** GELU of floats by what TFLM has: TANH, or EXP for the error function. */
export const floatGelu = patternRewrite({
  id: 'float-gelu',
  exactWhen:
    'Never to the last bit: the error function is off by at most 2e-7, which is of the order of float32 itself.',
  kinds: ['GELU'],
  match: (operator, view) => {
    const to = view.tensor(operator.outputs[0]);
    if (to?.type !== 'float32' || view.tensor(operator.inputs[0])?.type !== 'float32') return undefined;
    const made = new Formula(view, to);
    if (booleanOption(operator, 'approximate', false)) approximate(made, operator.inputs[0], operator.outputs[0]);
    else exact(made, operator.inputs[0], operator.outputs[0]);
    return {
      ...{ removed: [operator], inserted: made.operators },
      sentence: (name) => `GELU "${name}" is computed by ${made.operators.length} operators that TFLM has.`,
    };
  },
});

/** x (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3))) / 2 */
function approximate(made: Formula, x: number, to: number): void {
  const cube = made.binary('MUL', made.binary('MUL', x, x), x);
  const inner = made.binary('ADD', x, made.scaled(cube, 0.044715));
  const tanh = made.unary('TANH', made.scaled(inner, Math.sqrt(2 / Math.PI)));
  made.binary('MUL', made.scaled(x, 0.5), made.shifted(tanh, 1), to);
}

/** max(x, 0) - |x| / 2 p(t) exp(-x^2 / 2), with t = 1 / (1 + reach |x| / sqrt(2)) and a polynomial p. */
function exact(made: Formula, x: number, to: number): void {
  const size = made.unary('ABS', x);
  const t = made.binary('DIV', made.constant(1), made.shifted(made.scaled(size, reach * Math.SQRT1_2), 1));
  let sum = made.scaled(t, coefficients[0]);
  for (const coefficient of coefficients.slice(1)) sum = made.binary('MUL', made.shifted(sum, coefficient), t);
  const bell = made.unary('EXP', made.scaled(made.binary('MUL', x, x), -0.5));
  const rest = made.binary('MUL', made.scaled(made.binary('MUL', sum, bell), 0.5), size);
  made.binary('SUB', made.unary('RELU', x), rest, to);
}

const tables = lookup({ ADD: 'AddOptions', SUB: 'SubOptions', MUL: 'MulOptions', DIV: 'DivOptions' });

/** Operators on tensors of one shape, as they are written one after another. */
class Formula {
  readonly operators: NewOperator[] = [];
  readonly #view: GraphView;
  readonly #like: Tensor;

  constructor(view: GraphView, like: Tensor) {
    this.#view = view;
    this.#like = like;
  }

  constant(value: number): number {
    const data = encode('float32', [value]);
    return this.#view.add({
      name: `${this.#like.name}/${value}`,
      type: 'float32',
      shape: [1],
      isVariable: false,
      data,
    });
  }

  unary(kind: string, from: number): number {
    const to = this.#next();
    this.operators.push({ kind, inputs: [from], outputs: [to] });
    return to;
  }

  binary(kind: string, first: number, second: number, to = this.#next()): number {
    const options = { table: tables[kind], values: { fusedActivationFunction: 'NONE' } };
    this.operators.push({ kind, inputs: [first, second], outputs: [to], options });
    return to;
  }

  scaled(from: number, factor: number): number {
    return this.binary('MUL', from, this.constant(factor));
  }

  shifted(from: number, offset: number): number {
    return this.binary('ADD', from, this.constant(offset));
  }

  #next(): number {
    return this.#view.addLike(this.#like, `${this.#like.name}/${this.operators.length + 1}`, this.#like.shape);
  }
}
