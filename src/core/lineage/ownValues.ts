import type { Operator, Tensor } from '../model/model';
import { enumOption, numberOption } from '../model/options';

/** Values with the names that Keras has for them. */
export type OwnValues = readonly (readonly [name: string, value: string])[];

interface Operands {
  readonly input: Tensor | undefined;
  readonly weights: Tensor | undefined;
  /** It stands between the two operators that an open batch makes of a dilation. */
  readonly isSpread: boolean;
}

/** What a layer says of itself, and what follows from the layers before it. */
interface LayerValues {
  readonly own: OwnValues;
  readonly given: OwnValues;
}

const nothing: LayerValues = { own: [], given: [] };

/** What an operator's options and weights say in the terms of the layer that it came from. */
export function ownOf(operator: Operator, operands: Operands): LayerValues {
  return kinds.get(operator.kind)?.(operator, operands) ?? nothing;
}

type Reading = (operator: Operator, operands: Operands) => LayerValues;

const kinds: ReadonlyMap<string, Reading> = new Map<string, Reading>([
  [
    'FULLY_CONNECTED',
    (_operator, { weights }) => {
      const [units, inputs] = weights?.shape ?? [];
      return { own: values({ units }), given: values({ inputs }) };
    },
  ],
  [
    'CONV_2D',
    (operator, { weights, isSpread }) => {
      const [filters, height, width, channels] = weights?.shape ?? [];
      return {
        own: [...values({ filters }), ...window(operator, [height, width], isSpread)],
        given: values({ channels }),
      };
    },
  ],
  [
    'TRANSPOSE_CONV',
    (operator, { weights, isSpread }) => {
      const [filters, height, width, channels] = weights?.shape ?? [];
      return {
        own: [...values({ filters }), ...window(operator, [height, width], isSpread)],
        given: values({ channels }),
      };
    },
  ],
  [
    'DEPTHWISE_CONV_2D',
    (operator, { input, weights, isSpread }) => {
      const [, height, width, channels] = weights?.shape ?? [];
      const multiplier = channels === undefined ? undefined : channels / (input?.shape.at(-1) ?? channels);
      const own = [...window(operator, [height, width], isSpread), ...values({ 'depth multiplier': multiplier })];
      return { own, given: values({ channels }) };
    },
  ],
  ['AVERAGE_POOL_2D', (operator) => ({ own: pool(operator), given: [] })],
  ['MAX_POOL_2D', (operator) => ({ own: pool(operator), given: [] })],
  ['EMBEDDING_LOOKUP', (_operator, { weights }) => table(weights)],
  ['GATHER', (_operator, { weights }) => table(weights)],
]);

function table(weights: Tensor | undefined): LayerValues {
  const [words, size] = weights?.shape ?? [];
  return { own: values({ words, size }), given: [] };
}

/** Kernel, stride and padding; the padding of a dilated layer hangs on how it is converted. */
function window(
  operator: Operator,
  [height = 1, width = 1]: readonly (number | undefined)[],
  isSpread: boolean,
): OwnValues {
  const strides = ['strideH', 'strideW'].map((name) => numberOption(operator, name, 1));
  return [
    ['kernel', withoutOnes([height, width])],
    ['strides', withoutOnes(strides)],
    ...(isSpread ? [] : [['padding', enumOption(operator, 'padding', 'VALID').toLowerCase()] as const]),
  ];
}

function pool(operator: Operator): OwnValues {
  const [height, width] = ['filterHeight', 'filterWidth'].map((name) => numberOption(operator, name, 1));
  return window(operator, [height, width], false);
}

/** `49x10`: an axis of one is often a conversion's own, and one of a 1D layer. */
export function withoutOnes(shape: readonly number[]): string {
  return shape.filter((size) => size !== 1).join('x') || '1';
}

function values(named: Readonly<Record<string, number | undefined>>): OwnValues {
  return Object.entries(named).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)] as const],
  );
}
