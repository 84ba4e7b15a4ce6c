import { floatRange, quantizedRange } from '../../src/core/execute/activationRange';
import type { KernelInvocation } from '../../src/core/execute/kernel';
import { Value } from '../../src/core/execute/value';
import { operator, options, quantized, tensor } from '../support/build';
import { check } from '../support/check';

function callWith(activation: string | undefined): KernelInvocation {
  const values = activation === undefined ? {} : { fusedActivationFunction: activation };
  return {
    operator: operator('ADD', [0, 1], [2], { index: 4, options: options('AddOptions', values) }),
    rounding: 'double',
    inputs: [],
    outputs: [],
    intermediates: [],
    machine: {} as KernelInvocation['machine'],
  };
}

const largest = 3.4028234663852886e38;

check('fused activations of real numbers', (name: string | undefined) => floatRange(callWith(name)), [
  { name: 'none is said', input: undefined, expected: { least: -largest, most: largest } },
  { name: 'NONE', input: 'NONE', expected: { least: -largest, most: largest } },
  { name: 'RELU', input: 'RELU', expected: { least: 0, most: largest } },
  { name: 'RELU6', input: 'RELU6', expected: { least: 0, most: 6 } },
  { name: 'RELU_N1_TO_1', input: 'RELU_N1_TO_1', expected: { least: -1, most: 1 } },
  {
    name: 'one that TFLM has no kernels for',
    input: 'TANH',
    fails:
      'Operator 4 (ADD) cannot be executed: the fused activation TANH is not supported. Remove it or replace it to run this model.',
  },
]);

interface Stored {
  readonly activation: string;
  readonly type?: 'int8' | 'int16' | 'int32';
  readonly scale: number;
  readonly zeroPoint?: number;
}

check(
  'fused activations of stored integers',
  ({ activation, type = 'int8', scale, zeroPoint = 0 }: Stored) =>
    quantizedRange(
      callWith(activation),
      new Value(tensor('y', type, [1], { quantization: quantized(scale, zeroPoint) }), [1]),
    ),
  [
    { name: 'NONE: the type', input: { activation: 'NONE', scale: 0.5 }, expected: { least: -128, most: 127 } },
    {
      name: 'NONE of int16',
      input: { activation: 'NONE', type: 'int16', scale: 0.5 },
      expected: { least: -32768, most: 32767 },
    },
    {
      name: 'RELU: the zero point',
      input: { activation: 'RELU', scale: 0.5, zeroPoint: -20 },
      expected: { least: -20, most: 127 },
    },
    {
      name: 'RELU of int16',
      input: { activation: 'RELU', type: 'int16', scale: 0.5 },
      expected: { least: 0, most: 32767 },
    },
    // 6 / 0.5 = 12 steps above the zero point.
    {
      name: 'RELU6: both ends',
      input: { activation: 'RELU6', scale: 0.5, zeroPoint: 3 },
      expected: { least: 3, most: 15 },
    },
    // 6 / 0.03 = 200 steps, above the type's end.
    {
      name: 'RELU6 that the type cuts',
      input: { activation: 'RELU6', scale: 0.03, zeroPoint: -50 },
      expected: { least: -50, most: 127 },
    },
    // 1 / 0.4 = 2.5 steps: away from zero on either side.
    {
      name: 'RELU_N1_TO_1: halves go away from zero',
      input: { activation: 'RELU_N1_TO_1', scale: 0.4, zeroPoint: 1 },
      expected: { least: -2, most: 4 },
    },
    // 100 steps below -100 is below the type's end.
    {
      name: 'RELU_N1_TO_1 that the type cuts below',
      input: { activation: 'RELU_N1_TO_1', scale: 0.01, zeroPoint: -100 },
      expected: { least: -128, most: 0 },
    },
    {
      name: 'the quotient is a float32: 12.49999999 becomes 12.5',
      input: { activation: 'RELU6', scale: 0.4800000004 },
      expected: { least: 0, most: 13 },
    },
  ],
);
