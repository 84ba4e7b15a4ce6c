import { unwrittenText, unworkableText } from '../../src/core/compress/claims';
import { offersFor } from '../../src/core/compress/offers';
import { subjectOf } from '../../src/core/analysis/subject';
import { writeTflite } from '../../src/core/formats/tflite/writer';
import type { Model } from '../../src/core/model/model';
import { graph, model, operator, options, quantized, tensor } from '../support/build';
import { check } from '../support/check';

/** A leaky activation over a shape of some bytes in the file. */
function leaky(shape: readonly number[]): Model {
  const quantization = quantized(0.05, 0);
  const tensors = ['x', 'y'].map((name) => tensor(name, 'int16', shape, { quantization }));
  const only = operator('LEAKY_RELU', [0], [1], { options: options('LeakyReluOptions', { alpha: 0.1 }) });
  return model(graph(tensors, [only], { inputs: [0], outputs: [1] }));
}

check('what a model claims', (shape: readonly number[]) => unworkableText(leaky(shape)) !== undefined, [
  { name: 'the largest picture that is met', input: [1, 224, 224, 96], expected: false },
  { name: 'a batch of 131,073', input: [131_073, 2, 160, 8], expected: true },
  { name: 'an axis of 2^31 - 1', input: [2 ** 31 - 1, 0], expected: true },
]);

/** A model of RELUs, the inputs and outputs of each. */
function chainOf(steps: readonly (readonly [number, number])[]): Model {
  const tensors = ['x', 'a', 'b'].map((name) => tensor(name, 'int8', [1, 4], { quantization: quantized(1) }));
  const relus = steps.map(([input, output]) => operator('RELU', [input], [output]));
  return model(graph(tensors, relus, { inputs: [0], outputs: [2] }));
}

check(
  'operators whose order is a circle are not followed',
  async (steps: readonly (readonly [number, number])[]) => {
    const subject = subjectOf({ path: 'm.tflite', bytes: writeTflite(chainOf(steps)), target: {} });
    const [{ offer }] = await offersFor({ ...subject, path: 'm.tflite' });
    return offer.possible ? offer.title : offer.reason;
  },
  [
    {
      name: 'two that wait for each other',
      input: [
        [1, 2],
        [2, 1],
      ],
      expected:
        'Operator 0 (RELU) reads "a", which an operator writes that runs later, so that the model cannot be changed here. Convert it again.',
    },
    {
      name: 'one that waits for itself',
      input: [
        [1, 1],
        [1, 2],
      ],
      expected:
        'Operator 0 (RELU) reads "a", which it writes itself, so that the model cannot be changed here. Convert it again.',
    },
  ],
);

/** Graphs of one CALL_ONCE each, by which graph it calls. */
const callers = (calls: readonly number[]): Model =>
  model(
    calls.map((initSubgraphIndex) =>
      graph([], [operator('CALL_ONCE', [], [], { options: options('CallOnceOptions', { initSubgraphIndex }) })]),
    ),
  );

check(
  'an operator that writes a constant',
  (isVariable: boolean) => {
    const held = { data: new Uint8Array(4), quantization: quantized(1), isVariable };
    const tensors = [tensor('x', 'int8', [1, 4], { quantization: quantized(1) }), tensor('c', 'int8', [1, 4], held)];
    return unworkableText(model(graph(tensors, [operator('RELU', [0], [1])], { inputs: [0], outputs: [1] })));
  },
  [
    {
      name: 'is not followed',
      input: false,
      expected:
        'Operator 0 (RELU) writes "c", which is a constant, so that the model cannot be changed here. Convert it again, with a tensor of its own for each output.',
    },
    { name: 'a state may begin with values', input: true, expected: undefined },
  ],
);

check('graphs that call each other', (calls: readonly number[]) => unworkableText(callers(calls)), [
  {
    name: 'one that calls itself',
    input: [0],
    expected:
      'The graphs of this model call each other in a circle (operator 0, CALL_ONCE, closes it), so that the model cannot be changed here. Unroll the recursion before the model is converted.',
  },
]);

check(
  'offers for a model that claims gigabytes',
  async (shape: readonly number[]) => {
    const subject = subjectOf({ path: 'm.tflite', bytes: writeTflite(leaky(shape)), target: {} });
    return (await offersFor({ ...subject, path: 'm.tflite' })).map(({ offer }) =>
      offer.possible ? offer.title : offer.reason,
    );
  },
  [
    {
      name: 'one reason, at once',
      input: [131_073, 2, 160, 8],
      expected: [
        'The shapes of this model name more values than any microcontroller holds ("x" is [131073,2,160,8]), so that it cannot be changed here. Convert it again with the shapes that are meant.',
      ],
    },
  ],
);

/** A model of four tensors and some operators: kind, inputs, outputs. */
function small(operators: readonly (readonly [string, readonly number[], readonly number[]])[], shape = [1, 4]): Model {
  const tensors = ['x', 'a', 'b', 'y'].map((name, index) => tensor(name, 'float32', index === 1 ? shape : [1, 4]));
  return model(
    graph(
      tensors,
      operators.map(([kind, inputs, outputs]) => operator(kind, inputs, outputs)),
      { inputs: [0], outputs: [3] },
    ),
  );
}

check('what no compression follows', (each: Model) => unworkableText(each) ?? unwrittenText(each), [
  { name: 'a whole model', input: small([['ABS', [0], [3]]]), expected: undefined },
  {
    name: 'two that write the same',
    input: small([
      ['ABS', [0], [1]],
      ['NEG', [1], [2]],
      ['EXP', [2], [1]],
    ]),
    expected:
      'Operator 2 (EXP) writes "a", which was written before, so that the model cannot be changed here. Convert it again, with a tensor of its own for each output.',
  },
  {
    name: 'one without its input',
    input: small([['ABS', [], [3]]]),
    expected:
      'Operator 0 (ABS) lacks an input or an output that it needs, so that the model cannot be changed here. Convert it again.',
  },
  {
    name: 'one without its output',
    input: small([['ADD', [0, 0], []]]),
    expected:
      'Operator 0 (ADD) lacks an input or an output that it needs, so that the model cannot be changed here. Convert it again.',
  },
  {
    name: 'a dimension below nothing',
    input: small([['ABS', [0], [3]]], [1, -2]),
    expected:
      '"a" has the shape [1,-2], which no tensor can have, so that the model cannot be changed here. Convert it again.',
  },
  {
    name: 'what nobody writes',
    input: small([['ADD', [0, 2], [3]]]),
    expected:
      'Operator 0 (ADD) reads "b", which nothing writes, so that its outputs hang on what lies in memory, and the model cannot be changed here. Convert it again.',
  },
  {
    name: 'an output that nobody writes',
    input: small([['ABS', [0], [1]]]),
    expected:
      'The model gives out "y", which nothing writes, so that this output hangs on what lies in memory, and the model cannot be changed here. Convert it again, or leave that output out.',
  },
]);
