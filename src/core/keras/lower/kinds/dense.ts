import { isOn } from '../../configValues';
import { add, transposed, type LayerContext } from '../context';
import { integers, isStatic, type DraftValue } from '../draft';
import { activate } from './activations';
import { reshapeTo, shapeOperator } from './shapes';
import { binary } from './elementwise';

const options = {
  fusedActivationFunction: 'NONE',
  weightsFormat: 'DEFAULT',
  keepNumDims: false,
  asymmetricQuantizeInputs: false,
  quantizedBiasType: 'FLOAT32',
};

/** A product with the last axis of `input`: rank 2. */
export function product(context: LayerContext, input: DraftValue, weights: DraftValue, name: string): DraftValue {
  const shape = [...input.shape.slice(0, -1), weights.shape[0]];
  return add(context, 'FULLY_CONNECTED', [input, weights, undefined], { shape, name, options });
}

export function dense(context: LayerContext): DraftValue {
  const { config } = context;
  const [input] = context.inputs;
  const weights = transposed(context.weight('kernel'), [1, 0]);
  const value =
    input.shape.length === 2 ? product(context, input, weights, 'MatMul') : contraction(context, input, weights);
  const sum = isOn(config, 'use_bias') ? binary(context, 'ADD', [value, context.weight('bias')], 'BiasAdd') : value;
  return activate(context, sum, config.get('activation'));
}

/**
 * TensorFlow's `tensordot`: all axes but the last as one. Where a dimension is open, their product is worked out at run
 * time.
 */
function contraction(context: LayerContext, input: DraftValue, weights: DraftValue): DraftValue {
  const units = weights.shape[0];
  const shape = [...input.shape.slice(0, -1), units];
  if (isStatic(input.shape)) {
    const rows = input.shape.slice(0, -1).reduce((count, length) => count * length, 1);
    const flat = reshapeTo(context, input, [rows, input.shape[input.shape.length - 1]], 'Tensordot/Reshape');
    const value = product(context, flat, weights, 'Tensordot/MatMul');
    return reshapeTo(context, value, shape, 'Tensordot');
  }
  const rank = input.shape.length;
  const whole = shapeOperator(context, input, 'Tensordot/Shape');
  const named = (values: readonly number[], name: string): DraftValue => {
    const value = integers(values);
    context.draft.sortNames.set(value, `${context.scope}/Tensordot/${name}`);
    return value;
  };
  const gather = (axes: DraftValue, name: string): DraftValue =>
    add(context, 'GATHER', [whole, axes], {
      shape: [axes.shape[0]],
      type: 'int32',
      name,
      options: { axis: 0, batchDims: 0 },
    });
  const count = (lengths: DraftValue, name: string): DraftValue =>
    add(context, 'REDUCE_PROD', [lengths, named([0], 'Const')], {
      shape: [],
      type: 'int32',
      name,
      options: { keepDims: false },
    });
  const [freeAxes, boundAxes] = [
    named(
      Array.from({ length: rank - 1 }, (_, axis) => axis),
      'free',
    ),
    named([rank - 1], 'axes'),
  ];
  const free = gather(freeAxes, 'Tensordot/GatherV2');
  const bound = gather(boundAxes, 'Tensordot/GatherV2_1');
  const flatShape = add(context, 'PACK', [count(free, 'Tensordot/Prod'), count(bound, 'Tensordot/Prod_1')], {
    shape: [2],
    type: 'int32',
    name: 'Tensordot/stack',
    options: { valuesCount: 2, axis: 0 },
  });
  const wholeShape = add(context, 'CONCATENATION', [free, named([units ?? 1], 'Const_2')], {
    shape: [rank],
    type: 'int32',
    name: 'Tensordot/concat_1',
    options: { axis: 0, fusedActivationFunction: 'NONE' },
  });
  // An order that changes nothing, put together of constants: it goes once operations are sorted.
  const order = add(context, 'CONCATENATION', [freeAxes, boundAxes], {
    shape: [rank],
    type: 'int32',
    name: 'Tensordot/concat',
    options: { axis: 0, fusedActivationFunction: 'NONE' },
  });
  const same = add(context, 'TRANSPOSE', [input, order], { shape: input.shape, name: 'Tensordot/transpose' });
  const flat = add(context, 'RESHAPE', [same, flatShape], { shape: [null, null], name: 'Tensordot/Reshape' });
  const value = product(context, flat, weights, 'Tensordot/MatMul');
  return add(context, 'RESHAPE', [value, wholeShape], { shape, name: 'Tensordot' });
}
