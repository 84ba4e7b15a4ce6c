import { spendBytes } from '../../model/budget';
import type { Quantization } from '../../model/model';
import { HumanError } from '../../model/problem';
import type { Draft, DraftConstant, DraftNode, DraftValue } from './draft';
import { requantized, type Requantized } from './passes/requantize';
import { weightedRoles } from './passes/weighted';

/** Numbers of a quantized conversion: int8 for all, or int16 activations over int8 weights. */
export type QuantizedNumbers = 'int8' | 'int16x8';

/**
 * Operators without an integer kernel: the official converter computes them in float, between DEQUANTIZE and QUANTIZE,
 * even where only integer kernels are asked for.
 */
const floatOnly: ReadonlySet<string> = new Set([
  'ELU',
  'NEG',
  'SQUARE',
  'SQRT',
  'SIN',
  'COS',
  'FLOOR',
  'CEIL',
  'ROUND',
  'POW',
]);

function staysFloat(kind: string): boolean {
  return kind === 'CAST' || floatOnly.has(kind);
}

/** Outputs of a range that is known: scale and zero point of int8. Source: TFLite 8-bit quantization specification. */
const fixedInt8: ReadonlyMap<string, readonly [scale: number, zeroPoint: number]> = new Map([
  ['SOFTMAX', [1 / 256, -128]],
  ['LOGISTIC', [1 / 256, -128]],
  ['TANH', [1 / 128, 0]],
]);

/** Operators whose inputs have one scale together, so that a constant among them has that. */
const jointScales: ReadonlySet<string> = new Set([
  'MAXIMUM',
  'MINIMUM',
  'SELECT',
  'SELECT_V2',
  'CONCATENATION',
  'PACK',
]);

/** Stands for a scale that only calibration gives: what memory a model takes does not hang on it. */
const placeholderScale = 1 / 16;

/**
 * The operations as a quantized conversion has them: types and how many scales, with numbers in place of ranges that
 * only calibration gives. Constants have no values then.
 */
export function quantizeDraft(draft: Draft, numbers: QuantizedNumbers): void {
  const types = {
    activation: numbers === 'int8' ? 'int8' : 'int16',
    bias: numbers === 'int8' ? 'int32' : 'int64',
  } as const;
  const replaced = new Map<DraftValue, DraftValue>();
  const declared = new Map<string, DraftConstant>();
  const affine = (scale = placeholderScale, zeroPoint = 0): Quantization => ({
    scales: [scale],
    zeroPoints: [numbers === 'int8' ? zeroPoint : 0],
    axis: 0,
  });
  const integer = (value: DraftValue, quantization = affine(), isJoint = false): DraftValue => {
    const known = replaced.get(value);
    if (known !== undefined) return known;
    const made: DraftValue = {
      ...value,
      type: types.activation,
      quantization,
      ...(value.constant && {
        constant: isJoint ? { label: value.constant.label } : equalDeclaration(value, declared),
      }),
    };
    replaced.set(value, made);
    return made;
  };
  const nodes: DraftNode[] = [];
  const second: Requantized =
    numbers === 'int8'
      ? requantized(draft, { fixed: fixedInt8, isFloat: staysFloat })
      : { forAll: new Set(), forSome: new Map() };
  const chosen = new Map<DraftNode, Map<DraftValue, DraftValue>>();
  const convertAgain = (value: DraftValue, { origin, name }: Pick<DraftNode, 'origin' | 'name'>): void => {
    const quantize = (): DraftValue => {
      const whole = integer(value);
      const other: DraftValue = { ...whole, quantization: affine() };
      nodes.push({ kind: 'QUANTIZE', inputs: [whole], outputs: [other], options: {}, name, origin });
      return other;
    };
    if (second.forAll.has(value)) replaced.set(value, quantize());
    for (const readers of second.forSome.get(value) ?? []) {
      const other = quantize();
      for (const reader of readers) chosen.set(reader, new Map([...(chosen.get(reader) ?? []), [value, other]]));
    }
  };
  for (const value of draft.inputs) {
    if (value.type !== 'float32') continue;
    integer(value);
    convertAgain(value, { origin: draft.nodes[0]?.origin ?? 0, name: value.name });
  }
  for (const node of draft.nodes) {
    const isFloat = [...node.inputs, ...node.outputs].some((value) => value?.type === 'float32');
    if (!isFloat) nodes.push(node);
    else if (staysFloat(node.kind)) nodes.push(...island(node, { replaced, integer }));
    else {
      quantizeWeights(node, types.bias, declared);
      quantizeLstm(node, affine());
      const fixed = fixedInt8.get(node.kind);
      const isJoint = jointScales.has(node.kind);
      // For int16 activations calibration says which of several inputs is requantized to the output's scale.
      const reals = node.inputs.filter((input) => input?.type === 'float32');
      if (isJoint && numbers === 'int16x8' && reals.length > 1) draft.doubts.add(node.origin);
      const own = chosen.get(node);
      node.inputs = node.inputs.map((input) =>
        input?.type === 'float32' ? (own?.get(input) ?? integer(input, affine(), isJoint)) : input,
      );
      const before = node.outputs;
      node.outputs = node.outputs.map((output) =>
        output.type === 'float32' ? integer(output, fixed === undefined ? affine() : affine(...fixed)) : output,
      );
      nodes.push(node);
      for (const output of before) convertAgain(output, node);
    }
  }
  draft.nodes = nodes;
  const inputs = draft.inputs.map((input) => replaced.get(input) ?? input);
  draft.inputs.splice(0, inputs.length, ...inputs);
  draft.outputs = draft.outputs.map((output) => replaced.get(output) ?? output);
}

interface Islanding {
  readonly replaced: ReadonlyMap<DraftValue, DraftValue>;
  readonly integer: (value: DraftValue) => DraftValue;
}

/** A float operator between conversions. */
function island(node: DraftNode, { replaced, integer }: Islanding): readonly DraftNode[] {
  const before: DraftNode[] = [];
  node.inputs = node.inputs.map((input) => {
    const form = input && replaced.get(input);
    if (input === undefined || form === undefined) return input;
    const float: DraftValue = { ...input };
    before.push({ ...node, kind: 'DEQUANTIZE', inputs: [form], outputs: [float], options: {} });
    return float;
  });
  const after = node.outputs
    .filter(({ type }) => type === 'float32')
    .map((output): DraftNode => ({
      ...node,
      kind: 'QUANTIZE',
      inputs: [output],
      outputs: [integer(output)],
      options: {},
    }));
  return [...before, node, ...after];
}

/** Of one layer: each has a scale of its own in memory, and no microcontroller holds as many. */
const mostChannels = 2 ** 20;

function tooWide(channels: number): HumanError {
  return new HumanError(
    'keras-shape',
    `A layer has ${channels} channels, and at most ${mostChannels} are converted to integers. Correct its size.`,
  );
}

/** Filters have one scale for each output channel, and biases as many. */
function quantizeWeights(node: DraftNode, biasType: 'int32' | 'int64', declared: Map<string, DraftConstant>): void {
  const roles = weightedRoles(node);
  if (roles === undefined) return;
  const filter = node.inputs[roles.filter];
  if (filter?.type !== 'float32') return;
  const channels = filter.shape[roles.axis] ?? 1;
  if (channels > mostChannels) throw tooWide(channels);
  spendBytes(channels * 16);
  const scales = (axis: number): Quantization => ({
    scales: Array<number>(channels).fill(placeholderScale),
    zeroPoints: Array<number>(channels).fill(0),
    axis,
  });
  const quantized = (value: DraftValue, type: DraftValue['type'], axis: number): DraftValue => ({
    ...value,
    type,
    quantization: scales(axis),
    constant: sharedDeclaration(value),
  });
  node.inputs[roles.filter] = quantized(filter, 'int8', roles.axis);
  const bias = node.inputs.at(roles.bias);
  if (bias?.constant === undefined) return;
  // Its scales hang on those of the input, so that each use of a layer has a bias of its own; for int16 activations
  // the file is quantized tensor by tensor, and what was one stays one.
  const constant = biasType === 'int64' ? equalDeclaration(bias, declared) : { label: bias.constant.label };
  node.inputs[roles.bias] = { ...quantized(bias, biasType, 0), constant };
}

/** An LSTM has int8 weights with one scale each, int32 biases, and a cell state of 16 bits. */
function quantizeLstm(node: DraftNode, quantization: Quantization): void {
  if (node.kind !== 'UNIDIRECTIONAL_SEQUENCE_LSTM') return;
  const [firstBias, cellState] = [12, 19];
  const state = { scales: [2 ** -15], zeroPoints: [0], axis: 0 };
  node.inputs = node.inputs.map((input, place) => {
    if (input === undefined || (input.constant === undefined && place !== cellState)) return input;
    if (place === cellState) return { ...input, type: 'int16', quantization: state };
    const type = place >= firstBias ? 'int32' : 'int8';
    return { ...input, type, quantization, constant: sharedDeclaration(input) };
  });
  node.inputs = node.inputs.map((input) =>
    input?.isVariable === true ? { ...input, name: 'tfl.pseudo_qconst' } : input,
  );
  node.intermediates = lstmIntermediates(quantization);
}

/** What an LSTM of integers declares beside its inputs: of four only the names, of the last the scale. */
function lstmIntermediates(quantization: Quantization): readonly DraftValue[] {
  const gates = ['input', 'forget', 'cell', 'output'].map((gate): DraftValue => ({
    shape: [0],
    type: 'float32',
    name: `input_to_${gate}_intermediate`,
  }));
  return [...gates, { shape: [0], type: 'int8', name: 'effective_hidden_scale_intermediate', quantization }];
}

/** Constants of up to so many elements that hold the same are one. */
const mostCompared = 64;

/** One declaration for all constants that hold the same: their scale hangs on nothing else. */
function equalDeclaration(value: DraftValue, declared: Map<string, DraftConstant>): DraftConstant {
  const { constant, shape } = value;
  const values = constant?.values;
  if (values === undefined || values.length > mostCompared) return sharedDeclaration(value);
  const key = `${shape.join()}: ${values.join()}`;
  const known = declared.get(key) ?? sharedDeclaration(value);
  declared.set(key, known);
  return known;
}

/** Values that share a constant share its declaration. */
const declarations = new WeakMap<object, { readonly label: string }>();

function sharedDeclaration({ constant }: DraftValue): { readonly label: string } {
  if (constant === undefined) return { label: '' };
  const known = declarations.get(constant);
  if (known !== undefined) return known;
  const made = { label: constant.label };
  declarations.set(constant, made);
  return made;
}
