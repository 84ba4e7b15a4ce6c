import type { PythonMachine } from '../../python/evaluate/machine';
import { sequenceOf } from '../../python/evaluate/plainValues';
import type { Call, InstanceValue, PythonPlace, PythonValue } from '../../python/evaluate/values';
import type { KerasFlavour, KerasShape } from '../kerasModel';
import { snakeCase } from '../names';
import { callLayer, replayed, variableTensor } from './callLayer';
import type { CallRecord, GraphLayer, GraphSession, OperationCall, TensorFacts, Trace, VariableFacts } from './graph';
import { asLayer, type Note } from './layerObject';
import { KerasModelObject } from './modelObject';
import { runOperation } from './operations';

/** What the reading of one program has made so far. */
export class Session implements GraphSession {
  readonly models: KerasModelObject[] = [];
  /** Instances of layers of the program's own that are being called, so that one that calls itself ends. */
  readonly tracing = new Set<InstanceValue>();
  /** What was taken for granted of all models that come of it. */
  readonly assumed: Note[] = [];
  /** Layers, operations and models that were made so far. */
  madeCount = 0;
  #names = new Map<KerasFlavour, Map<string, number>>();
  #trace: Trace | undefined;

  constructor(
    readonly machine: PythonMachine,
    readonly defaultFlavour: KerasFlavour,
  ) {}

  /** The flavour that names of `tensorflow` stand for: a variable of the system can say another one. */
  get flavour(): KerasFlavour {
    const variable = this.machine.environment.get('TF_USE_LEGACY_KERAS');
    const isLegacy = variable?.kind === 'string' && /^(?:1|true)$/i.test(variable.value);
    return isLegacy ? 'keras2' : this.defaultFlavour;
  }

  /** A name for a layer that was given none: `conv2d`, `conv2d_1` …; Keras 2 counts inputs from 1. */
  nameFor(className: string, flavour: KerasFlavour): string {
    this.madeCount += 1;
    const isInput = className === 'InputLayer' && flavour === 'keras2';
    const base = className === 'Functional' && flavour === 'keras2' ? 'model' : isInput ? 'input' : baseName(className);
    const counts = this.#names.get(flavour) ?? new Map<string, number>();
    this.#names.set(flavour, counts);
    const count = counts.get(base) ?? 0;
    counts.set(base, count + 1);
    if (isInput) return `${base}_${count + 1}`;
    return count === 0 ? base : `${base}_${count}`;
  }

  forgetNames(): void {
    this.#names.clear();
  }

  /** The shape of an input of which the program says nothing: what a user gave, or open. */
  openInputShape(at: PythonPlace): PythonValue {
    const given = this.machine.given('input_shape', at);
    if (given !== undefined) return { kind: 'tuple', items: [{ kind: 'none' }, ...(sequenceOf(given) ?? [given])] };
    return {
      kind: 'unknown',
      why: 'Nothing says which shape the input of this model has.',
      place: at,
      name: 'input_shape',
      isNamed: true,
    };
  }

  /** Does work after which names are counted as before it. */
  apart<Result>(work: () => Result): Result {
    const before = this.#names;
    this.#names = new Map([...before].map(([flavour, counts]) => [flavour, new Map(counts)]));
    try {
      return work();
    } finally {
      this.#names = before;
    }
  }

  register(model: GraphLayer): void {
    if (model instanceof KerasModelObject) this.models.push(model);
  }

  callLayer(layer: GraphLayer, call: Call): PythonValue {
    this.madeCount += 1;
    return callLayer(this, asLayer(layer), call);
  }

  replayed(record: CallRecord, tensors: ReadonlyMap<TensorFacts, TensorFacts>, at: PythonPlace): readonly KerasShape[] {
    return replayed(this, { record, tensors, at });
  }

  runOperation(call: OperationCall): PythonValue {
    return runOperation(this, call);
  }

  variable(facts: VariableFacts): PythonValue {
    return variableTensor(this, facts);
  }

  get trace(): Trace | undefined {
    return this.#trace;
  }

  /** Notes the calls that `work` makes. */
  traced<Result>(trace: Trace, work: () => Result): Result {
    const before = this.#trace;
    this.#trace = trace;
    try {
      return work();
    } finally {
      this.#trace = before;
    }
  }
}

/** Names of Keras 2 for operations stand as they are. */
function baseName(className: string): string {
  return className.startsWith('tf.') ? className : snakeCase(className);
}
