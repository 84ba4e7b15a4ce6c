import type { Graph, Model, Operator, Tensor } from '../../model/model';
import { arenaBytesToReserve } from '../../model/arenaReserve';
import { latencyFacts } from '../../estimate/latency';
import { placedOperators } from '../../estimate/layers';
import { operatorCounter } from '../../estimate/operatorFigures';
import type { Report } from '../../estimate/report';
import { macsOf } from '../../operators/operators';
import type { ArenaOutcome } from '../../runtimes/runtime';
import { planArena } from '../../runtimes/tflm/arena';
import { offlinePlanName } from '../../runtimes/tflm/offlinePlan';
import type { Channels } from '../channels/channels';
import type { Totals } from '../offer';
import type { GoneIndices } from '../channels/removeChannels';
import { goneIndices, outliner, readersOf, refitOperator } from '../channels/removeChannels';
import { whyNotRedrawn } from '../rewrite/metadata';
import { redrawTracked } from '../rewrite/redraw';
import { draftOf } from '../rewrite/graphDraft';
import type { GoalCosts, Guide } from '../goals/distances';
import { ramMeasure } from '../goals/distances';
import type { Goal } from '../goals/goal';
import type { PrunedPlace } from './writtenCosts';

/** What is costed while its channels go. */
export interface Costed {
  readonly model: Model;
  readonly channels: Channels;
  readonly place: PrunedPlace;
}

/** What an operator adds to the sums. */
interface OperatorSums {
  readonly macs: number;
  readonly instructions: number | undefined;
  readonly cycles: ReturnType<ReturnType<typeof operatorCounter>['of']>['cycles'];
}

/** What changes when some channels go on top of those that are gone. */
interface Change {
  readonly gone: GoneIndices;
  readonly tensors: ReadonlyMap<number, Tensor>;
  readonly operators: ReadonlyMap<number, Operator>;
  readonly sums: ReadonlyMap<number, OperatorSums>;
}

/**
 * Costs of a model that loses channels step by step, those of `quickForecast`: only operators that a channel's tensors
 * belong to are counted again. The arena alone is planned over the whole model each time.
 */
export class SteppedCosts {
  readonly #costed: Costed;
  readonly #original: Report;
  readonly #counter: ReturnType<typeof operatorCounter>;
  /** The graph as it is now: its lists are changed in place. */
  readonly #graph: Graph;
  readonly #tensors: Tensor[];
  readonly #operators: Operator[];
  readonly #model: Model;
  readonly #outline = outliner();
  readonly #readers: Uint32Array;
  readonly #operatorsOf: readonly (readonly number[])[];
  /** By tensor: negative for those that no operator, input, output or signature names. */
  readonly #isNamed: Int32Array;
  /** Bytes of the constants of other graphs. */
  readonly #otherConstants: readonly Uint8Array[];
  /** Where constants lie that operators do not share with others any more. */
  readonly #apart = new Map<number, number>();
  /** Of all graphs' operators; those of the changed graph come first. */
  readonly #sums: OperatorSums[];
  readonly #gone = new Map<number, ReadonlyMap<number, ReadonlySet<number>>>();
  readonly #constantBytes: number;
  #hasChanged = false;

  constructor(costed: Costed, original: Report) {
    this.#costed = costed;
    this.#original = original;
    const { model, channels, place } = costed;
    const { graph } = channels;
    this.#counter = operatorCounter(place.target);
    this.#tensors = [...graph.tensors];
    this.#operators = [...graph.operators];
    this.#graph = { ...graph, tensors: this.#tensors, operators: this.#operators };
    this.#model = { ...model, graphs: model.graphs.map((each) => (each.index === graph.index ? this.#graph : each)) };
    this.#readers = readersOf(graph);
    this.#operatorsOf = operatorsByTensor(graph);
    this.#constantBytes = constantBytes(model);
    this.#isNamed = redrawTracked(model, draftOf(graph)).tensorIndices;
    this.#otherConstants = model.graphs
      .filter(({ index }) => index !== graph.index)
      .flatMap(({ tensors }) => tensors.flatMap(({ data }) => data ?? []));
    this.#sums = placedOperators(this.#model).map(({ operator, graph: own }) => this.#count(operator, own));
  }

  /** Whether a model's costs can be followed in steps: they are those of the model as it is, in a file. */
  static canFollow({ model, channels, place }: Costed): boolean {
    return place.asWritten === undefined && model.fileBytes > 0 && channels.graph.index === 0;
  }

  /**
   * Whether its arena can be followed too: nothing but sizes changes where the graph is redrawn, no tensor is left
   * out and no plan goes.
   */
  static canPlan(costed: Costed): boolean {
    const { model, channels } = costed;
    if (!SteppedCosts.canFollow(costed) || whyNotRedrawn(model) !== undefined) return false;
    if (model.metadata.some(({ name }) => name === offlinePlanName)) return false;
    return redrawTracked(model, draftOf(channels.graph)).tensorIndices.every((index) => index >= 0);
  }

  /** The arena of the model as it is now, planned over the whole of it: only where `canPlan` says so. */
  arena(): ArenaOutcome {
    return planArena(this.#model, this.#costed.place.target);
  }

  /** What RAM is measured by now, as `measureOf` of a report. */
  ramMeasure(goal: Goal): number {
    const outcome = this.arena();
    const operators = placedOperators(this.#model).map(({ operator }) => operator);
    const alive = operators.map((operator) => (outcome.known ? (outcome.stepBytes.get(operator) ?? 0) : 0));
    return ramMeasure(outcome.known ? outcome.arena : undefined, alive, goal);
  }

  /** What the limits of `goal` compare of the model as it is now. */
  costs({ ramBytes, latencyMs, flashBytes }: Goal): GoalCosts {
    const outcome = ramBytes === undefined ? undefined : this.arena();
    const isArenaKnown = outcome?.known === true && outcome.arena.isLowerBound !== true;
    const { flash } = this.#original;
    const isFlashKnown = flash !== undefined && flash.isLowerBound !== true;
    return {
      macs: this.#macs(),
      ...(isArenaKnown && { reservedArenaBytes: arenaBytesToReserve(outcome.arena) }),
      ...(latencyMs !== undefined && this.#isTimed() && { ms: this.#latency()?.ms }),
      ...(flashBytes !== undefined && isFlashKnown && { flashBytes: flash.totalBytes + this.#addedBytes() }),
    };
  }

  /** Cycles where they are known of all operators, else MACs: what curves are spread over. */
  get spread(): number {
    return (this.#isTimed() ? this.#latency()?.cycles : undefined) ?? this.#macs();
  }

  /** What `guide` is measured by now, as `measureOf` of a report. */
  measure(guide: Exclude<Guide, 'ram'>): number {
    if (guide === 'macs') return this.#macs();
    if (guide === 'flash') return this.#original.model.bytes + this.#addedBytes();
    const latency = this.#latency();
    return latency?.cycles ?? latency?.instructions ?? this.#macs();
  }

  /** What `ask` says of the model with these channels gone too: while it asks, sums are those of that model. */
  without<Answer>(channels: Iterable<number>, ask: (model: Model) => Answer): Answer {
    const undo = this.#apply(this.#changeOf(channels));
    try {
      return ask(this.#model);
    } finally {
      undo();
    }
  }

  /** The sums of the model as it is now; absent where a part is not known. */
  get sums(): Omit<Totals, 'arenaBytes' | 'flashBytes'> {
    const { instructions, cycles, ms } = this.#latency() ?? {};
    const isTimed = this.#isTimed();
    const isCounted = this.#sums.every((each) => each.instructions !== undefined);
    return {
      ...(isCounted && instructions !== undefined && { instructions }),
      ...(isTimed && cycles !== undefined && { cycles }),
      ...(isTimed && ms !== undefined && { ms }),
      macs: this.#macs(),
    };
  }

  /** These channels are gone from now on. */
  remove(channels: readonly number[]): void {
    const change = this.#changeOf(channels);
    this.#apply(change);
    for (const [tensor, axes] of change.gone) this.#gone.set(tensor, axes);
  }

  #changeOf(channels: Iterable<number>): Change {
    const { graph } = this.#costed.channels;
    const gone = goneIndices(this.#costed.channels, channels, this.#gone);
    const tensors = new Map([...gone].map(([index, axes]) => [index, this.#outline(graph.tensors[index], axes)]));
    const touched = [...new Set([...gone.keys()].flatMap((index) => this.#operatorsOf[index]))].sort((a, b) => a - b);
    const operators = new Map<number, Operator>();
    const undo = this.#put(tensors);
    for (const index of touched) {
      const { refitted, constant } = this.#refit(graph.operators[index]);
      operators.set(index, refitted);
      if (constant !== undefined) tensors.set(constant.index, constant);
    }
    undo();
    return { gone, tensors, operators, sums: this.#countAll(tensors, operators) };
  }

  /** From the operator and the constants as they were: what was refitted once is rebuilt. */
  #refit(operator: Operator): ReturnType<typeof refitOperator> {
    const { graph } = this.#costed.channels;
    const now = operator.inputs.filter((index) => index >= 0 && graph.tensors[index].data !== undefined);
    const undo = this.#put(
      new Map(now.filter((index) => !this.#gone.has(index)).map((index) => [index, graph.tensors[index]])),
    );
    const { refitted, constant } = refitOperator(operator, this.#tensors, this.#readers);
    undo();
    if (constant === undefined || constant.index < graph.tensors.length) return { refitted, constant };
    const index = this.#apart.get(operator.index) ?? graph.tensors.length + this.#apart.size;
    this.#apart.set(operator.index, index);
    const inputs = refitted.inputs.map((input) => (input === constant.index ? index : input));
    return { refitted: { ...refitted, inputs }, constant: { ...constant, index } };
  }

  #countAll(
    tensors: ReadonlyMap<number, Tensor>,
    operators: ReadonlyMap<number, Operator>,
  ): ReadonlyMap<number, OperatorSums> {
    const undo = this.#put(tensors);
    const sums = new Map([...operators].map(([index, operator]) => [index, this.#count(operator, this.#graph)]));
    undo();
    return sums;
  }

  #count(operator: Operator, graph: Graph): OperatorSums {
    const { cost, cycles } = this.#counter.of(operator, graph, this.#model);
    return { macs: macsOf(operator, graph) ?? 0, instructions: cost?.instructions, cycles };
  }

  /** Makes a change, and gives the way back. */
  #apply({ tensors, operators, sums }: Change): () => void {
    const undo = [this.#put(tensors), replace(this.#operators, operators), replace(this.#sums, sums)];
    const had = this.#hasChanged;
    this.#hasChanged = true;
    return () => {
      undo.forEach((each) => each());
      this.#hasChanged = had;
    };
  }

  #put(tensors: ReadonlyMap<number, Tensor>): () => void {
    return replace(this.#tensors, tensors);
  }

  #isTimed(): boolean {
    return this.#sums.every(({ cycles }) => cycles !== undefined);
  }

  #macs(): number {
    return this.#sums.reduce((sum, { macs }) => sum + macs, 0);
  }

  #latency(): ReturnType<typeof latencyFacts> {
    const cycles = this.#sums.map((each) => each.cycles);
    return latencyFacts(this.#sums, this.#costed.place.target, { cycles, source: this.#counter.source });
  }

  /** By how much the file grows: that of its constants, each that is shared counted once. */
  #addedBytes(): number {
    if (!this.#hasChanged) return 0;
    const { length } = this.#costed.channels.graph.tensors;
    const buffers = new Set(this.#otherConstants);
    this.#tensors.forEach(({ data }, index) => {
      if (data !== undefined && (index >= length || this.#isNamed[index] >= 0)) buffers.add(data);
    });
    return [...buffers].reduce((sum, data) => sum + data.length, 0) - this.#constantBytes;
  }
}

/** Bytes of all constants of a model, each that is shared counted once. */
export function constantBytes({ graphs }: Model): number {
  const buffers = new Set(graphs.flatMap(({ tensors }) => tensors.map(({ data }) => data)));
  return [...buffers].reduce((sum, data) => sum + (data?.length ?? 0), 0);
}

function operatorsByTensor({ tensors, operators }: Graph): readonly (readonly number[])[] {
  const found: number[][] = tensors.map(() => []);
  for (const { index, inputs, outputs } of operators) {
    for (const tensor of new Set([...inputs, ...outputs])) if (tensor >= 0) found[tensor].push(index);
  }
  return found;
}

/** Puts entries into a list, behind its end too, and gives the way back. */
function replace<Entry>(list: Entry[], entries: ReadonlyMap<number, Entry>): () => void {
  const { length } = list;
  const before = [...entries.keys()].map((index) => [index, list[index]] as const);
  for (const [index, entry] of entries) list[index] = entry;
  return () => {
    for (const [index, entry] of before) list[index] = entry;
    list.length = length;
  };
}
