import { spendSteps } from '../../model/budget';
import type { Graph, Model, Operator } from '../../model/model';
import { operatorName } from '../../model/model';
import { shortNames } from '../../model/names';
import { Atoms } from './atoms';
import type { Channel, ChannelGroup, ChannelLayer, ChannelPlace, Channels } from './channels';
import { fixGraph, outputAxis } from './fixed';
import { RelationView } from './relation';
import { relationOf } from './relations';

/**
 * Follows the channels of every convolution and dense layer of graph 0 through the operators that read them, as far as
 * these are known (`relations.ts`). What cannot go says why.
 * @throws HumanError `prune-too-large` for shapes beyond any microcontroller.
 */
export function findChannels(model: Model): Channels {
  const graph = model.graphs[0];
  const names = shortNames(graph);
  const nameOf = (operator: Operator): string =>
    `${operatorName(operator)} "${names[operator.outputs[0]] ?? operator.index}"`;
  const atoms = new Atoms(graph);
  fixGraph(graph, atoms, nameOf);
  for (const operator of graph.operators) {
    const view = new RelationView(graph, operator, nameOf(operator), atoms);
    const relation = relationOf(operator.kind);
    if (relation === undefined) view.fixAll(`${view.name} ${whyNotFollowed(operator)}`);
    else relation.relate(view);
  }
  return new ChannelFinder(graph, atoms, names).find();
}

const controlFlow: ReadonlySet<string> = new Set(['CALL', 'CALL_ONCE', 'IF', 'WHILE', 'STABLEHLO_COMPOSITE']);
const stateful: ReadonlySet<string> = new Set([
  ...['ASSIGN_VARIABLE', 'READ_VARIABLE', 'SVDF', 'UNIDIRECTIONAL_SEQUENCE_LSTM', 'VAR_HANDLE'],
]);

function whyNotFollowed({ kind }: Operator): string {
  if (kind === 'CUSTOM') return 'is a custom operator: what it does with each channel is not known.';
  if (controlFlow.has(kind)) return 'is control flow: the graphs that it calls need all channels.';
  if (stateful.has(kind)) return 'keeps state from one inference to the next, whose size stays.';
  return 'is an operator through which channels are not followed.';
}

class ChannelFinder {
  readonly #graph: Graph;
  readonly #atoms: Atoms;
  readonly #names: readonly string[];
  readonly #channels: Channel[] = [];
  /** Class of atoms to channel. */
  readonly #ids = new Map<number, number>();
  readonly #groups: { id: number; layers: number[]; channels: number[] }[] = [];
  readonly #groupOf: number[] = [];

  constructor(graph: Graph, atoms: Atoms, names: readonly string[]) {
    this.#graph = graph;
    this.#atoms = atoms;
    this.#names = names;
  }

  find(): Channels {
    const layers = this.#graph.operators.filter((operator) => outputAxis(operator, this.#graph) !== undefined);
    for (const operator of layers) this.#numberChannels(operator);
    this.#collectPlaces();
    this.#formGroups();
    const described = layers.map((operator) => this.#layer(operator));
    const groups: readonly ChannelGroup[] = this.#groups;
    return { graph: this.#graph, channels: this.#channels, groups, layers: described };
  }

  #classes(operator: Operator): readonly number[] {
    const output = this.#graph.tensors[operator.outputs[0]];
    const axis = output.shape.length - 1;
    return Array.from({ length: output.shape[axis] }, (_, index) => this.#atoms.classOf(output, axis, index));
  }

  #numberChannels(operator: Operator): void {
    for (const number of this.#classes(operator)) {
      if (this.#ids.has(number) || this.#atoms.reasonOf(number) !== undefined) continue;
      this.#ids.set(number, this.#channels.length);
      this.#channels.push({ id: this.#channels.length, places: [] });
    }
  }

  #collectPlaces(): void {
    const places = this.#channels.map(() => new Map<string, { tensor: number; axis: number; indices: number[] }>());
    for (const tensor of this.#graph.tensors) {
      tensor.shape.forEach((size, axis) => {
        spendSteps(size);
        for (let index = 0; index < size; index++) {
          const id = this.#ids.get(this.#atoms.classOf(tensor, axis, index));
          if (id === undefined) continue;
          const key = `${tensor.index}/${axis}`;
          const place = places[id].get(key);
          if (place === undefined) places[id].set(key, { tensor: tensor.index, axis, indices: [index] });
          else place.indices.push(index);
        }
      });
    }
    places.forEach((found, id) => {
      const list: readonly ChannelPlace[] = [...found.values()];
      this.#channels[id] = { id, places: list };
    });
  }

  #formGroups(): void {
    const known = new Map<string, number>();
    for (const { id, places } of this.#channels) {
      const key = places.map(({ tensor, axis }) => `${tensor}/${axis}`).join(' ');
      let group = known.get(key);
      if (group === undefined) {
        group = this.#groups.length;
        known.set(key, group);
        this.#groups.push({ id: group, layers: [], channels: [] });
      }
      this.#groups[group].channels.push(id);
      this.#groupOf[id] = group;
    }
  }

  #layer(operator: Operator): ChannelLayer {
    const classes = this.#classes(operator);
    const groups = new Set<number>();
    let reason: string | undefined;
    for (const number of classes) {
      const id = this.#ids.get(number);
      if (id === undefined) reason ??= this.#atoms.reasonOf(number);
      else groups.add(this.#groupOf[id]);
    }
    for (const group of groups) this.#groups[group].layers.push(operator.index);
    return {
      operator: operator.index,
      kind: operatorName(operator),
      name: this.#names[operator.outputs[0]],
      outputs: classes.length,
      groups: [...groups],
      reason,
    };
  }
}
