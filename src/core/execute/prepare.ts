import { spendSteps } from '../model/budget';
import { elementCount } from '../model/dataType';
import { operatorName, type Graph, type Model, type Operator } from '../model/model';
import { HumanError } from '../model/problem';
import { macsOf, supportOf } from '../operators/operators';
import type { Executable, LayerValue, Rounding, TensorValue } from './executable';
import { InferenceEnds, notExecuted, withinTensors, type KernelInvocation, type Kernel, type Machine } from './kernel';
import { kernels } from './kernels';
import { checkHasGraph, resetVariable, valuesOf } from './memory';
import { Variables } from './variables';
import type { Value } from './value';

interface PrepareOptions {
  readonly rounding: Rounding;
}

type Observe = (layer: LayerValue) => void;

/** An operator with its kernel and the values it computes. */
interface Step {
  readonly operator: Operator;
  readonly kernel: Kernel;
  /** Elementary steps of it, of a budget. */
  readonly steps: number;
  readonly outputs: readonly { readonly tensor: number; readonly value: Value }[];
}

/**
 * Makes a model ready to be executed as TFLM's reference kernels execute it, bit for bit where numbers are integers.
 * Weights are not copied more than once; nothing is computed that depends on inputs.
 *
 * @throws HumanError `operator-not-executed` for an operator that TFLM or this engine does not run, with the reason.
 */
export function prepare(model: Model, options: PrepareOptions): Executable {
  return new PreparedModel(model, options);
}

class PreparedModel implements Executable, Machine {
  readonly #model: Model;
  readonly #values: readonly (readonly Value[])[];
  readonly #steps: readonly (readonly Step[])[];
  readonly #variables = new Variables();
  readonly #resets: (() => void)[] = [];
  #observe: Observe | undefined;
  #depth = 0;

  constructor(model: Model, options: PrepareOptions) {
    this.#model = model;
    checkHasGraph(model);
    this.#values = model.graphs.map(valuesOf);
    this.#steps = model.graphs.map((graph) => graph.operators.map((operator) => this.#step(graph, operator, options)));
  }

  invoke(inputs: readonly Uint8Array[], observe?: Observe): readonly TensorValue[] {
    const targets = this.graph(0).inputs;
    checkInputs(targets, inputs);
    targets.forEach((target, index) => target.bytes.set(inputs[index]));
    this.#observe = observe;
    try {
      this.run(0);
    } catch (error) {
      if (!(error instanceof InferenceEnds)) throw error;
    } finally {
      this.#observe = undefined;
    }
    return this.graph(0).outputs;
  }

  reset(): void {
    for (const values of this.#values) values.filter(({ tensor }) => tensor.isVariable).forEach(resetVariable);
    this.#variables.reset();
    for (const reset of this.#resets) reset();
  }

  graph(index: number): { readonly inputs: readonly Value[]; readonly outputs: readonly Value[] } {
    const graph = this.#model.graphs[index];
    const values = this.#values[index];
    return {
      inputs: graph.inputs.map((tensor) => values[tensor]),
      outputs: graph.outputs.map((tensor) => values[tensor]),
    };
  }

  run(index: number): void {
    const graph = this.#model.graphs[index];
    if (this.#depth >= deepestCall) throw callsItself(graph);
    this.#depth++;
    try {
      this.#runSteps(graph);
    } finally {
      this.#depth--;
    }
  }

  #runSteps(graph: Graph): void {
    for (const { operator, kernel, steps, outputs } of this.#steps[graph.index]) {
      spendSteps(steps);
      withinTensors(operator, kernel);
      if (this.#observe === undefined) continue;
      for (const { tensor, value } of outputs) this.#observe({ graph, operator, tensor, value });
    }
  }

  variable(container: string, name: string): number {
    return this.#variables.numberOf(container, name);
  }

  variableMemory(variable: number, bytes: number, initial: number): Uint8Array {
    return this.#variables.memory(variable, bytes, initial);
  }

  onReset(reset: () => void): void {
    this.#resets.push(reset);
  }

  #step(graph: Graph, operator: Operator, { rounding }: PrepareOptions): Step {
    const maker = kernels[operatorName(operator)];
    const support = supportOf(operator, graph);
    if (!support.supported) throw new HumanError('operator-not-executed', support.reason);
    if (maker === undefined) throw notExecuted({ operator }, 'there is no kernel for it');
    const values = this.#values[graph.index];
    const call: KernelInvocation = {
      operator,
      rounding,
      inputs: operator.inputs.map((tensor) => values[tensor]),
      outputs: operator.outputs.map((tensor) => values[tensor]),
      intermediates: operator.intermediates.map((tensor) => values[tensor]),
      machine: this,
    };
    const outputs = operator.outputs.map((tensor) => ({ tensor, value: values[tensor] }));
    const kernel = withinTensors(operator, () => maker(call));
    return { operator, kernel, steps: stepsOf(operator, graph), outputs };
  }
}

/** What calling a kernel takes besides its values. */
const callSteps = 100;

function stepsOf(operator: Operator, graph: Graph): number {
  const elements = operator.outputs.reduce((sum, index) => sum + elementCount(graph.tensors[index].shape), 0);
  return callSteps + elements + Math.max(0, macsOf(operator, graph) ?? 0);
}

/** Graphs that call each other may nest; one that calls itself would never end. */
const deepestCall = 32;

function callsItself(graph: Graph): HumanError {
  return new HumanError(
    'graph-calls-itself',
    `The graph "${graph.name}" calls itself without end. Convert the model again.`,
  );
}

function checkInputs(targets: readonly Value[], inputs: readonly Uint8Array[]): void {
  if (targets.length !== inputs.length) {
    throw new HumanError(
      'input-count',
      `The model has ${targets.length === 1 ? 'one input' : `${targets.length} inputs`}, but ${inputs.length} were given. Give one for each input, in order.`,
    );
  }
  targets.forEach(({ tensor, type, shape, bytes }, index) => {
    const given = inputs[index].byteLength;
    if (given === bytes.length) return;
    throw new HumanError(
      'input-size',
      `The input "${tensor.name}" is ${type}[${shape.join(',')}], which takes ${bytes.length} bytes, but ${given} were given. Give exactly that many.`,
    );
  });
}
