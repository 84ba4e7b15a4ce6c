import type { Graph, Operator, Tensor } from '../../model/model';
import { isConstant } from '../../model/model';
import { HumanError } from '../../model/problem';
import type { GraphDraft } from '../rewrite/graphDraft';
import { addTensor, draftOf } from '../rewrite/graphDraft';
import type { Affine } from './affine';
import { affineOf, isSameAffine, quantizationOf } from './affine';
import type { QuantizationSpec } from './quantizationSpec';
import { bytesOf } from './repair/repair';
import type { Share } from './recurrentParts';
import { recurrentInputs, recurrentIntermediates } from './recurrentParts';
import type { ScaleClasses } from './scaleClasses';
import { constantExtremes } from './scaleClasses';
import type { QuantizationScheme, WeightsRule } from './schemes/scheme';
import { setsConstant } from './stateSetters';
import { leastScalesFor, quantizeBias, quantizeWeights } from './weights';
import { encodeReal, realValues } from '../../model/values/real';

/** The forms in which one value of the source exists in the result, as tensor indices. */
interface Forms {
  float?: number;
  readonly quantized: { readonly affine: Affine; readonly index: number }[];
}

interface RecurrentParts {
  readonly inputs: ReadonlyMap<number, number>;
  readonly more?: Pick<Operator, 'intermediates'>;
}

/**
 * Puts the quantized graph together, operator by operator, with conversions where a value is needed in another form.
 */
export class GraphBuilder {
  readonly #graph: Graph;
  readonly #spec: QuantizationSpec;
  readonly #classes: ScaleClasses;
  readonly #draft: GraphDraft;
  readonly #operators: Operator[] = [];
  readonly #origins: number[] = [];
  readonly #forms = new Map<number, Forms>();
  /** Quantized constants by what they were made from and how, so that shared ones stay shared. */
  readonly #constants = new Map<string, number>();
  /** Operators that set a state to a constant, by its tensor; they wait for the form that the state gets. */
  readonly #setters = new Map<number, Operator>();

  constructor(graph: Graph, spec: QuantizationSpec, classes: ScaleClasses) {
    this.#graph = graph;
    this.#spec = spec;
    this.#classes = classes;
    this.#draft = draftOf(graph);
    for (const index of graph.inputs) {
      if (graph.tensors[index].type !== 'float32') continue;
      if (spec.io === 'float') this.#formsOf(index).float = index;
      else this.#quantizeInPlace(index);
    }
  }

  /** An operator that computes with no float values. */
  addUnchanged(operator: Operator): void {
    if (setsConstant(operator, this.#graph)) this.#setters.set(operator.outputs[0], operator);
    else this.#push(operator, operator.index);
  }

  /** An operator that stays float: its quantized inputs are dequantized before it. */
  addFloat(operator: Operator): void {
    operator.inputs.forEach((index) => this.#setState(index, index));
    const inputs = operator.inputs.map((index) => (this.#isValue(index) ? this.#asFloat(index) : index));
    for (const index of operator.outputs) {
      if (this.#isFloat(index)) this.#formsOf(index).float = index;
    }
    this.#push({ ...operator, inputs }, operator.index);
  }

  addQuantized(operator: Operator, scheme: QuantizationScheme): void {
    const { activations } = this.#spec;
    const special = this.#recurrent(operator, scheme);
    const inputs = operator.inputs.map(
      (index, position) => special.inputs.get(position) ?? this.#input(operator, scheme, index, position),
    );
    operator.inputs.forEach((index, position) => this.#setState(index, inputs[position]));
    const rule = scheme.weights;
    if (rule !== undefined) this.#addWeights(operator, rule, inputs);
    for (const index of operator.outputs) {
      if (this.#isFloat(index)) this.#quantizeInPlace(index);
    }
    const version = Math.max(operator.version, scheme.versions[activations]);
    this.#push(
      { ...operator, ...special.more, ...optionsWith(operator, scheme.options?.[activations]), inputs, version },
      operator.index,
    );
  }

  /** The graph with its outputs in the form that was asked for. */
  finish(): { readonly draft: GraphDraft; readonly origins: readonly number[] } {
    const outputs = this.#graph.outputs.map((index) => {
      if (!this.#isValue(index)) return index;
      return this.#spec.io === 'float' ? this.#asFloat(index) : this.#asQuantized(index, this.#classes.of(index));
    });
    return { draft: { ...this.#draft, operators: this.#operators, outputs }, origins: this.#origins };
  }

  /** Sets a state of the source, if something does, in the form that it has in the result. */
  #setState(state: number, placed: number): void {
    const setter = this.#setters.get(state);
    if (setter === undefined) return;
    this.#setters.delete(state);
    const { type, quantization } = this.#draft.tensors[placed];
    const [from, ...shape] = setter.inputs;
    const constant = type === 'float32' ? from : this.#stateConstant(from, { type, quantization });
    this.#push({ ...setter, inputs: [constant, ...shape], outputs: [placed] }, setter.index);
  }

  #stateConstant(index: number, form: Pick<Tensor, 'type' | 'quantization'>): number {
    const data = encodeReal(form, this.#values(index));
    return addTensor(this.#draft, { ...this.#graph.tensors[index], ...form, data });
  }

  #recurrent(operator: Operator, { recurrent: rule }: QuantizationScheme): RecurrentParts {
    if (rule === undefined) return { inputs: new Map() };
    const { activations, scales } = this.#spec;
    const affineOf = (tensor: number): Affine => this.#classes.of(tensor);
    const source = { graph: this.#graph, operator, rule, activations, scales, affineOf };
    const share: Share = (key, tensor) => this.#shared(key, tensor);
    const inputs = recurrentInputs(source, share);
    if (rule.hasIntermediates !== true) return { inputs };
    return { inputs, more: { intermediates: recurrentIntermediates(source, share) } };
  }

  #input(operator: Operator, scheme: QuantizationScheme, index: number, position: number): number {
    if (index < 0 || !this.#isFloat(index)) return index;
    const affine = scheme.isEqualScale === true ? this.#classes.of(operator.outputs[0]) : undefined;
    if (!isConstant(this.#graph.tensors[index])) return this.#asQuantized(index, affine ?? this.#classes.of(index));
    const isWeight = position === scheme.weights?.weights || position === scheme.weights?.bias;
    return isWeight ? index : this.#constant(index, affine ?? this.#affineOfZeros(operator, index));
  }

  /** Zeros have no range of their own: they are stored as the values are that they stand beside. */
  #affineOfZeros({ inputs }: Operator, index: number): Affine | undefined {
    if (this.#values(index).some((value) => value !== 0)) return undefined;
    const beside = inputs.find((input) => this.#isValue(input));
    return beside === undefined ? undefined : this.#classes.of(beside);
  }

  /** Replaces weights and bias among `inputs`; a bias comes into being where only a correction asks for it. */
  #addWeights(operator: Operator, rule: WeightsRule, inputs: number[]): void {
    const [source, weights] = [operator.inputs[rule.input], operator.inputs[rule.weights]];
    const inputScale = this.#classes.of(source).scale;
    const bias = this.#bias(operator, rule);
    if (isConstant(this.#graph.tensors[weights]))
      inputs[rule.weights] = this.#weights(operator, rule, bias, inputScale);
    if (bias === undefined) return;
    const { quantization } = this.#draft.tensors[inputs[rule.weights]];
    const type = this.#spec.activations === 'int8' ? 'int32' : 'int64';
    const quantized = quantizeBias(bias, inputScale, quantization!, type);
    const index = operator.inputs[rule.bias] ?? -1;
    const name = index < 0 ? `${this.#graph.tensors[weights].name}/bias` : this.#graph.tensors[index].name;
    while (inputs.length <= rule.bias) inputs.push(-1);
    inputs[rule.bias] = this.#shared(`bias ${name} ${[...quantized.data].join()}`, {
      name,
      type,
      shape: [bias.length],
      isVariable: false,
      data: bytesOf(quantized.data),
      quantization: quantized.quantization,
    });
  }

  #bias(operator: Operator, rule: WeightsRule): Float32Array | undefined {
    const index = operator.inputs[rule.bias] ?? -1;
    const correction = this.#spec.biasCorrections?.get(operator.index);
    const bias = index < 0 ? undefined : this.#values(index);
    if (correction === undefined) return bias;
    return correction.map((value, channel) => value + (bias?.[channel] ?? 0));
  }

  #weights(operator: Operator, rule: WeightsRule, bias: Float32Array | undefined, inputScale: number): number {
    const index = operator.inputs[rule.weights];
    const feedback = this.#spec.feedback?.get(operator.index);
    const tensor = this.#graph.tensors[index];
    const isPerTensor = rule.isDense === true && !this.#spec.perChannelDense;
    const axis = isPerTensor ? undefined : rule.axis;
    const channels = axis === undefined ? 1 : tensor.shape[axis];
    const leastScales = this.#spec.activations === 'int8' ? leastScalesFor(bias, inputScale, channels) : undefined;
    const { data, quantization } = quantizeWeights({
      values: this.#values(index),
      shape: tensor.shape,
      axis,
      step: this.#spec.knownWeights?.get(tensor.data!)?.scale,
      leastScales,
      feedback,
    });
    return this.#shared(
      `weights ${index} ${feedback === undefined ? '' : operator.index} ${axis ?? ''} ${quantization.scales.join()}`,
      {
        ...tensor,
        type: 'int8',
        data: bytesOf(data),
        quantization,
      },
    );
  }

  /** A constant in a value's place, with the quantization of its own range unless one is given. */
  #constant(index: number, given: Affine | undefined): number {
    const { activations } = this.#spec;
    const values = this.#values(index);
    const affine = given ?? affineOf(constantExtremes(values) ?? { min: 0, max: 0 }, activations);
    return this.#shared(`constant ${index} ${affine.scale} ${affine.zeroPoint}`, {
      ...this.#graph.tensors[index],
      type: activations,
      data: encodeReal({ type: activations, quantization: quantizationOf(affine) }, values),
      quantization: quantizationOf(affine),
    });
  }

  #shared(key: string, tensor: Omit<Tensor, 'index'>): number {
    const known = this.#constants.get(key);
    if (known !== undefined) return known;
    const index = addTensor(this.#draft, tensor);
    this.#constants.set(key, index);
    return index;
  }

  #values(index: number): Float32Array {
    const values = realValues(this.#graph.tensors[index]);
    if (values !== undefined) return values;
    throw new HumanError(
      'quantize-constant',
      `The constant "${this.#graph.tensors[index].name}" cannot be read as numbers. Convert the model again.`,
    );
  }

  #asFloat(index: number): number {
    const forms = this.#formsOf(index);
    if (forms.float !== undefined) return forms.float;
    const [{ index: from }] = forms.quantized;
    const tensor = this.#graph.tensors[index];
    // An output keeps its name where the graph gives it out as float.
    forms.float = addTensor(this.#draft, { ...tensor, name: `${tensor.name}_float` });
    this.#convert('DEQUANTIZE', from, forms.float, this.#spec.activations === 'int8' ? 2 : 3);
    return forms.float;
  }

  #asQuantized(index: number, affine: Affine): number {
    const forms = this.#formsOf(index);
    const known = forms.quantized.find((form) => isSameAffine(form.affine, affine));
    if (known !== undefined) return known.index;
    const tensor = this.#graph.tensors[index];
    const name = `${tensor.name}_${this.#spec.activations}`;
    const place = addTensor(this.#draft, {
      ...tensor,
      name,
      type: this.#spec.activations,
      quantization: quantizationOf(affine),
    });
    const from = forms.quantized.at(0)?.index ?? forms.float!;
    const isFirst = forms.quantized.length === 0;
    forms.quantized.push({ affine, index: place });
    this.#convert('QUANTIZE', from, place, isFirst && this.#spec.activations === 'int8' ? 1 : 2);
    return place;
  }

  #convert(kind: 'QUANTIZE' | 'DEQUANTIZE', from: number, to: number, version: number): void {
    const table = kind === 'QUANTIZE' ? 'QuantizeOptions' : 'DequantizeOptions';
    this.#push(
      { index: 0, kind, version, inputs: [from], outputs: [to], intermediates: [], options: { table, values: {} } },
      -1,
    );
  }

  #quantizeInPlace(index: number): void {
    const affine = this.#classes.of(index);
    const type = this.#spec.activations;
    this.#draft.tensors[index] = { ...this.#draft.tensors[index], type, quantization: quantizationOf(affine) };
    this.#formsOf(index).quantized.push({ affine, index });
  }

  #formsOf(index: number): Forms {
    const forms = this.#forms.get(index) ?? { quantized: [] };
    this.#forms.set(index, forms);
    return forms;
  }

  #isFloat(index: number): boolean {
    return index >= 0 && this.#graph.tensors[index].type === 'float32';
  }

  #isValue(index: number): boolean {
    // What an operator remembers is its own.
    return this.#isFloat(index) && !isConstant(this.#graph.tensors[index]) && !this.#graph.tensors[index].isVariable;
  }

  #push(operator: Operator, origin: number): void {
    this.#operators.push(operator);
    this.#origins.push(origin);
  }
}

function optionsWith(
  operator: Operator,
  values: Readonly<Record<string, boolean>> | undefined,
): Pick<Operator, 'options'> | undefined {
  if (values === undefined || operator.options === undefined) return undefined;
  return { options: { ...operator.options, values: { ...operator.options.values, ...values } } };
}
