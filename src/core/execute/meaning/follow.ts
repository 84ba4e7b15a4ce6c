import { spendBytes, spendSteps } from '../../model/budget';
import { operatorName, type Graph, type Model, type Operator, type Tensor } from '../../model/model';
import { HumanError } from '../../model/problem';
import { definitionOf } from '../../operators/operators';
import { elementsOf, open, type Shape, type ShapeView } from '../../operators/outputShapes';
import { withinTensors, type Kernel, type Machine } from '../kernel';
import { constantValue, resetVariable } from '../memory';
import { elementBytes, Value } from '../value';
import { agreesWith, integersOf, type KnownValue } from './known';
import { controlOperators } from './controlFlow';
import type { Following, FollowOptions, ShapeFinding } from './following';

/** Thrown where more steps would be needed than are allowed. */
export class TooManySteps extends Error {}

interface Prepared {
  readonly values: readonly (Value | undefined)[];
  readonly kernel: Kernel;
}

/** One graph's tensors while it is followed, and the memory that they had the last time. */
interface Frame {
  readonly graph: Graph;
  readonly known: (KnownValue | undefined)[];
  readonly memory: (Value | undefined)[];
  readonly prepared: (Prepared | undefined)[];
}

const deepestCall = 32;
/** What following an operator takes besides its values. */
const callSteps = 100;

/**
 * Follows a model operator by operator as TF Lite runs it: every output gets the shape that its operator makes of its
 * inputs, whatever the file declares, and its content where all inputs are known. With no content given it finds shapes
 * ahead; with all of it, it computes.
 */
export class Follower implements Following {
  readonly model: Model;
  readonly options: FollowOptions;
  readonly machine: Machine;
  /** Graphs that CALL_ONCE has run. */
  readonly initialized = new Set<number>();
  /** The pass through the innermost loop, from 1. */
  pass: number | undefined;
  readonly #frames: (Frame | undefined)[] = [];
  #steps = 0;
  readonly #running = new Set<number>();

  constructor(model: Model, options: FollowOptions, machine: Machine) {
    this.model = model;
    this.options = options;
    this.machine = machine;
  }

  /** Follows one graph from what is known of its inputs to what is known of its outputs. */
  graph(index: number, inputs: readonly (KnownValue | undefined)[]): readonly KnownValue[] {
    const graph = this.model.graphs[index];
    if (graph === undefined) throw new HumanError('graph-absent', `The model has no graph ${index}. Convert it again.`);
    // One that is running has its memory in use: what it would mean to run it within itself is nothing.
    if (this.#running.size >= deepestCall || this.#running.has(index)) throw new TooManySteps();
    const frame = this.#frame(graph);
    frame.known.fill(undefined);
    graph.inputs.forEach((tensor, position) => this.#take(frame, tensor, inputs[position]));
    this.#running.add(index);
    try {
      for (const operator of graph.operators) this.#step(frame, operator);
    } finally {
      this.#running.delete(index);
    }
    return graph.outputs.map((tensor) => this.#of(frame, tensor));
  }

  /** Notes what an operator passes on, and whether the file declares it so. */
  finish(graph: Graph, operator: Operator, outputs: readonly KnownValue[]): readonly KnownValue[] {
    return outputs.slice(0, operator.outputs.length).map((known, output) => {
      const declared = graph.tensors[operator.outputs[output]].shape;
      const agrees = known.agrees && agreesWith(declared, known.shape);
      if (!agrees && known.agrees) this.report({ graph, operator, output, declared, made: known.shape });
      return { ...known, agrees };
    });
  }

  report(finding: Omit<ShapeFinding, 'computedInputs' | 'pass'> & Partial<ShapeFinding>): void {
    this.options.onFinding({ computedInputs: [], ...finding, ...(this.pass === undefined ? {} : { pass: this.pass }) });
  }

  #frame(graph: Graph): Frame {
    return (this.#frames[graph.index] ??= {
      graph,
      known: new Array<KnownValue | undefined>(graph.tensors.length),
      memory: new Array<Value | undefined>(graph.tensors.length),
      prepared: new Array<Prepared | undefined>(graph.operators.length),
    });
  }

  /** An input of a graph keeps memory of its own: a loop hands its outputs back. */
  #take(frame: Frame, index: number, given: KnownValue | undefined): void {
    const tensor = frame.graph.tensors[index];
    if (tensor.data !== undefined) return;
    if (given?.value === undefined) {
      frame.known[index] = given ?? { shape: tensor.shape, agrees: true };
      return;
    }
    const value = this.#memory(frame, index, given.shape);
    value.bytes.set(given.value.bytes.subarray(0, value.bytes.length));
    frame.known[index] = { ...given, value };
  }

  /** What is known of a tensor; before anything wrote it, what the file says. */
  #of(frame: Frame, index: number): KnownValue {
    const known = frame.known[index];
    if (known !== undefined) return known;
    const tensor = frame.graph.tensors[index];
    const isKnown = tensor.data !== undefined && elementsOf(tensor.shape) <= this.options.mostElements;
    const made: KnownValue = {
      shape: tensor.shape,
      agrees: true,
      ...(isKnown ? { value: (frame.memory[index] ??= constantValue(tensor)) } : {}),
      ...(tensor.isVariable && this.options.isFirstRun === true ? { value: this.#variable(frame, tensor) } : {}),
    };
    frame.known[index] = made;
    return made;
  }

  /** A variable tensor, set to zero before anything wrote it. */
  #variable(frame: Frame, tensor: Tensor): Value {
    const known = frame.memory[tensor.index];
    if (known !== undefined) return known;
    const value = this.#memory(frame, tensor.index, tensor.shape);
    resetVariable(value);
    return value;
  }

  #step(frame: Frame, operator: Operator): void {
    if (++this.#steps > this.options.mostSteps) throw new TooManySteps();
    spendSteps(callSteps);
    const { graph } = frame;
    const inputs = operator.inputs.map((index) =>
      graph.tensors[index] === undefined ? undefined : this.#of(frame, index),
    );
    const control = controlOperators[operator.kind];
    const outputs =
      control === undefined ? this.#make(frame, operator, inputs) : control(this, { graph, operator, inputs });
    operator.outputs.forEach((tensor, position) => {
      if (tensor >= 0 && outputs[position] !== undefined) frame.known[tensor] = outputs[position];
    });
    this.options.onOutputs?.(graph, operator, outputs);
  }

  #make(frame: Frame, operator: Operator, inputs: readonly (KnownValue | undefined)[]): readonly KnownValue[] {
    const shapes = this.#shapes(frame.graph, operator, inputs);
    const values = this.#compute(frame, operator, { inputs, shapes });
    return shapes.map((known, output) => (values === undefined ? known : { ...known, value: values[output] }));
  }

  #shapes(graph: Graph, operator: Operator, inputs: readonly (KnownValue | undefined)[]): readonly KnownValue[] {
    const fine = inputs.every((known) => known === undefined || known.agrees);
    const view = new View(graph, operator, inputs);
    const made = (definitionOf(operator)?.outputShapes ?? this.options.shapesOf?.(operator))?.(view);
    return operator.outputs.map((index, output) => {
      const declared = graph.tensors[index]?.shape ?? [];
      const shape = Array.isArray(made) ? (made as readonly Shape[])[output] : undefined;
      const place = { graph, operator, output, declared, computedInputs: view.unknown };
      if (typeof made === 'string' && fine) this.report({ ...place, reason: made });
      if (shape === undefined) return { shape: declared, agrees: fine && typeof made !== 'string' };
      const agrees = agreesWith(declared, shape);
      if (!agrees && fine) this.report({ ...place, made: shape });
      return { shape, agrees };
    });
  }

  #compute(
    frame: Frame,
    operator: Operator,
    {
      inputs,
      shapes,
    }: { readonly inputs: readonly (KnownValue | undefined)[]; readonly shapes: readonly KnownValue[] },
  ): readonly Value[] | undefined {
    const { mostElements, onFailure } = this.options;
    if (operator.kind === 'SHAPE') return this.#shapeValue(frame, operator, { inputs, shapes });
    if (!inputs.every((known) => known === undefined || known.value !== undefined)) return undefined;
    if (shapes.some(({ shape }) => shape.includes(open) || elementsOf(shape) > mostElements)) return undefined;
    try {
      const outputs = operator.outputs.map((index, output) => this.#memory(frame, index, shapes[output].shape));
      spendSteps(shapes.reduce((sum, { shape }) => sum + elementsOf(shape), 0));
      withinTensors(operator, this.#kernel(frame, operator, { inputs: inputs.map((known) => known?.value), outputs }));
      return outputs;
    } catch (error) {
      if (onFailure === 'throw' || !(error instanceof HumanError)) throw error;
      return undefined;
    }
  }

  /** SHAPE asks for no content. */
  #shapeValue(
    frame: Frame,
    operator: Operator,
    {
      inputs,
      shapes,
    }: { readonly inputs: readonly (KnownValue | undefined)[]; readonly shapes: readonly KnownValue[] },
  ): readonly Value[] | undefined {
    const sizes = inputs[0]?.shape;
    if (sizes === undefined || sizes.includes(open)) return undefined;
    const value = this.#memory(frame, operator.outputs[0], shapes[0].shape);
    if (value.type === 'int32') value.int32.set(sizes.slice(0, value.elements));
    else if (value.type === 'int64') value.int64.set(sizes.slice(0, value.elements).map(BigInt));
    else return undefined;
    return [value];
  }

  /** A kernel made ready for these values; the one of the last time where they are the same. */
  #kernel(
    frame: Frame,
    operator: Operator,
    { inputs, outputs }: { readonly inputs: readonly (Value | undefined)[]; readonly outputs: readonly Value[] },
  ): Kernel {
    const values = [...inputs, ...outputs];
    const last = frame.prepared[operator.index];
    if (last?.values.length === values.length && last.values.every((value, index) => value === values[index])) {
      return last.kernel;
    }
    const maker = this.options.kernelOf(operator, frame.graph);
    if (maker === undefined) throw noKernel(operator);
    const intermediates = operator.intermediates.map((index) =>
      this.#memory(frame, index, frame.graph.tensors[index].shape),
    );
    const { rounding = 'double' } = this.options;
    const call = { operator, rounding, inputs, outputs, intermediates, machine: this.machine };
    const kernel = withinTensors(operator, () => maker(call));
    frame.prepared[operator.index] = { values, kernel };
    return kernel;
  }

  #memory(frame: Frame, index: number, shape: Shape): Value {
    const last = frame.memory[index];
    if (last?.shape.length === shape.length && last.shape.every((size, axis) => size === shape[axis])) return last;
    const tensor = frame.graph.tensors[index];
    // What it had before is given back.
    spendBytes(elementsOf(shape) * elementBytes(tensor.type) - (last?.bytes.length ?? 0));
    const value = new Value(tensor, shape);
    frame.memory[index] = value;
    return value;
  }
}

class View implements ShapeView {
  readonly operator: Operator;
  readonly #graph: Graph;
  readonly #inputs: readonly (KnownValue | undefined)[];
  /** Inputs whose integers were asked for and are not known. */
  readonly unknown: number[] = [];

  constructor(graph: Graph, operator: Operator, inputs: readonly (KnownValue | undefined)[]) {
    this.#graph = graph;
    this.operator = operator;
    this.#inputs = inputs;
  }

  readonly shape = (position: number): Shape | undefined => this.#inputs[position]?.shape;

  readonly integers = (position: number): readonly number[] | undefined => {
    const tensor = this.#graph.tensors[this.operator.inputs[position] ?? -1];
    if (tensor === undefined) return undefined;
    const integers = integersOf(tensor, this.#inputs[position]);
    if (integers === undefined) this.unknown.push(position);
    return integers;
  };
}

function noKernel(operator: Operator): HumanError {
  return new HumanError(
    'operator-not-executed',
    `Operator ${operator.index} (${operatorName(operator)}) cannot be executed: there is no kernel for it. Remove it or replace it to run this model.`,
  );
}
