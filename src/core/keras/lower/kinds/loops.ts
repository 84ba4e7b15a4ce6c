import { isOn } from '../../configValues';
import { add, type LayerContext } from '../context';
import { Draft, integer, integers, zeros, type DraftValue } from '../draft';
import type { Cell } from './cells';
import { slice } from './reshaping';
import { transpose } from './shapes';
import { binary } from './elementwise';

/** A recurrent layer as the official converter writes it where the batch is known: WHILE, over time first. */
interface Loop {
  readonly cells: readonly Cell[];
  /** Keras 2 traces its own fast LSTM and GRU as functions apart, whose names begin anew. */
  readonly isApart: boolean;
}

/** Names that the arguments of a loop have in TensorFlow's graph of it: operators are sorted by them. */
function argumentNames(scope: string, states: number): readonly string[] {
  const flat = scope.replaceAll('/', '_');
  const own = (name: string): string => `${flat === '' ? '' : `${flat}_`}while_${name}`;
  const places = Array.from({ length: states + 1 }, (_, place) => own(`placeholder_${place + 1}`));
  const [counter, list] = ['while_loop_counter', 'tensorarrayv2read_tensorlistgetitem'];
  return [own(flat === '' ? counter : `${flat}_${counter}`), own('placeholder'), ...places, own(list)];
}

/** What loops of one graph begin to write into: equal ones are one constant. */
const emptyLists = new WeakMap<Draft, Map<string, DraftValue>>();

function zerosOf({ draft }: LayerContext, shape: readonly number[], name: string): DraftValue {
  const known = emptyLists.get(draft) ?? new Map<string, DraftValue>();
  emptyLists.set(draft, known);
  const value = known.get(shape.join()) ?? zeros(shape, name);
  known.set(shape.join(), value);
  return value;
}

/** `cells` of one layer as a loop. The batch is 1 or another number that is known. */
export function loop(context: LayerContext, { cells, isApart }: Loop): readonly DraftValue[] {
  const { config, inputs } = context;
  const scope = isApart ? '' : context.scope;
  const isKeras2 = context.options.flavour === 'keras2';
  const [input, ...given] = inputs;
  const [batch, count] = [input.shape[0] ?? 1, input.shape[1] ?? 1];
  const local = isApart ? withoutScope : (value: DraftValue): DraftValue => value;
  const isSequence = isOn(config, 'return_sequences') === true;
  const rest = input.shape.slice(2).map((_, axis) => axis + 2);
  const widths = cells.flatMap((cell) => cell.states.map(() => cell.units));
  const memory = isOn(config, 'stateful') ? remembered(context, { widths, isApart }) : undefined;
  const first = context.draft.nodes.length;
  const forward = local(transpose(context, input, [1, 0, ...rest], 'transpose'));
  const major = isOn(config, 'go_backwards')
    ? local(add(context, 'REVERSE_V2', [forward, integers([0])], { shape: forward.shape, name: 'ReverseV2' }))
    : forward;
  const starts = widths.map((units, place) => {
    return memory?.values[place] ?? given.at(place) ?? zeros([batch, units], `${context.scope}/zeros`);
  });
  const units = widthOf(cells);
  const list = [isSequence ? count : 1, batch, units];
  const steps = zerosOf(context, list, local(named(context, 'TensorArrayV2_1')).name);
  const trips = { ...integer(count), name: local(named(context, tripsName(context, isApart))).name };
  context.draft.unread.push(trips);
  // The largest count of rounds that Keras 2 gives: none.
  if (isKeras2 && !isApart) context.draft.scalars.add(-1);
  const name = `${context.scope}/while`;
  // Keras 2 reads the weights before the loop; a bias is the only one that goes into it as it is.
  if (isApart && cells[0].states.length === 2) context.draft.unread.push(context.weight('bias'));
  const values = [integer(0), integer(0), steps, ...starts, major];
  const outputs = values.map(({ shape, type }): DraftValue => local({ shape, type, name }));
  const graphs = [
    conditionOf(context, values, { scope, trips }),
    bodyOf(context, values, { scope, isSequence, cells }),
  ];
  context.draft.addNode('WHILE', values, { outputs, name, graphs });
  const [, , written, ...after] = outputs;
  const finals = isOn(config, 'return_state') ? after.slice(0, widths.length) : [];
  const result = isSequence
    ? transpose(context, written, [1, 0, 2], 'transpose_1')
    : slice(
        context,
        written,
        [{ begin: -1, end: 0, isIndex: true }, { isRest: true }, { isRest: true }],
        'strided_slice_2',
      );
  local(result);
  if (isApart)
    context.draft.callNodes(first, { name: `${context.scope}/PartitionedCall`, outputs: [result, ...after] });
  memory?.assign(after);
  return [result, ...finals];
}

/** The number of steps, which nothing reads where the loop is: the converter leaves it there all the same. */
function tripsName({ options }: LayerContext, isApart: boolean): string {
  if (options.flavour === 'keras3') return 'Max';
  return isApart ? 'strided_slice' : 'strided_slice_1';
}

function widthOf(cells: readonly Cell[]): number {
  return cells[cells.length - 1].units;
}

function named({ scope }: LayerContext, name: string): DraftValue {
  return { shape: [], type: 'float32', name: `${scope}/${name}` };
}

function withoutScope(value: DraftValue): DraftValue {
  value.name = value.name.replace(/^.*\//, '');
  return value;
}

/** The arguments of a condition or a body. */
function graphOf(scope: string, values: readonly DraftValue[], part: 'cond' | 'body'): Draft {
  const name = `${scope === '' ? '' : `${scope}/`}while_${part}`;
  const sorted = argumentNames(scope, values.length - 4);
  const draft = new Draft(name);
  values.forEach(({ shape, type }, place) => {
    const value: DraftValue = { shape, type, name: `${name}_arg${place}` };
    draft.inputs.push(value);
    draft.sortNames.set(value, sorted[place]);
  });
  return draft;
}

/** A context in another graph, for operations whose names begin with `scope`. */
function inside(context: LayerContext, draft: Draft, scope: string): LayerContext {
  draft.origin = context.draft.origin;
  return { ...context, draft, scope };
}

/** Both the loop's own counter and the step are below the count; Keras 2 keeps the step alone. */
function conditionOf(
  context: LayerContext,
  values: readonly DraftValue[],
  { scope, trips }: { readonly scope: string; readonly trips: DraftValue },
): Draft {
  const draft = graphOf(scope, values, 'cond');
  const own = inside(context, draft, scope === '' ? 'while' : `${scope}/while`);
  const [counter, time] = draft.inputs;
  const most = { ...trips };
  const isBelow = (value: DraftValue, name: string): DraftValue => binary(own, 'LESS', [value, most], name);
  if (context.options.flavour === 'keras2') draft.outputs = [isBelow(time, 'Less')];
  else {
    const both = [isBelow(counter, 'Less_1'), isBelow(time, 'Less')];
    draft.outputs = [add(own, 'LOGICAL_AND', both, { shape: [], type: 'bool', name: 'LogicalAnd' })];
  }
  return draft;
}

interface Body {
  readonly scope: string;
  readonly isSequence: boolean;
  readonly cells: readonly Cell[];
}

/** One step: what it reads, every cell, what it writes. */
function bodyOf(context: LayerContext, values: readonly DraftValue[], { scope, isSequence, cells }: Body): Draft {
  const draft = graphOf(scope, values, 'body');
  const own = inside(context, draft, scope === '' ? 'while' : `${scope}/while`);
  const [counter, time, list, ...rest] = draft.inputs;
  const input = rest[rest.length - 1];
  const next = (value: DraftValue, name: string): DraftValue => binary(own, 'ADD', [value, integer(1)], name);
  // In a form that is traced apart, sums of the cell come before: two of an LSTM, four of a GRU.
  const sums = scope !== '' ? 0 : cells[0].states.length === 2 ? 2 : 4;
  const [later, counted] = [sums === 0 ? 'add' : `add_${sums}`, `add_${sums + 1}`];
  const [nextTime, nextCounter] = [next(time, later), next(counter, counted)];
  let value = add(own, 'GATHER', [input, time], {
    shape: input.shape.slice(1),
    name: 'TensorArrayV2Read/TensorListGetItem',
    options: { axis: 0, batchDims: 0 },
  });
  let place = 0;
  const states = cells.flatMap((cell) => {
    const before = rest.slice(place, (place += cell.states.length));
    const at = {
      context: inside(context, draft, cellScope(own, cells, { cell, scope })),
      step: 0,
      isApart: scope === '',
    };
    const after = cell.step(at, value, before);
    value = after[0];
    return after;
  });
  const written = writeStep(own, { list, time, nextTime, value, isSequence });
  draft.outputs = [nextCounter, nextTime, written, ...states, input];
  return draft;
}

interface InBody {
  readonly cell: Cell;
  /** Of the layer; empty where it is traced apart. */
  readonly scope: string;
}

function cellScope({ scope, options }: LayerContext, cells: readonly Cell[], { cell, scope: outer }: InBody): string {
  if (outer === '') return scope;
  const suffix = options.flavour === 'keras2' ? '' : '_1';
  return `${scope}/${cells.length > 1 ? `stacked_rnn_cells${suffix}/` : ''}${cell.name}${suffix}`;
}

interface Written {
  readonly list: DraftValue;
  readonly time: DraftValue;
  readonly nextTime: DraftValue;
  readonly value: DraftValue;
  readonly isSequence: boolean;
}

/** An element of a list of tensors: what stands before it, itself, what stands behind it, put together. */
function writeStep(context: LayerContext, { list, time, nextTime, value, isSequence }: Written): DraftValue {
  const name = 'TensorArrayV2Write/TensorListSetItem';
  const one = [1, ...value.shape];
  const target = one.map((length) => length ?? 1);
  if (!isSequence) return add(context, 'RESHAPE', [value, integers(target)], { shape: one, name });
  return add(context, 'LIST_SET', [list, time, nextTime, value], { shape: list.shape, name });
}

/** States that stay from one run to the next. */
interface Memory {
  readonly values: readonly DraftValue[];
  readonly assign: (after: readonly DraftValue[]) => void;
}

const mostVariables = 9999;

/** Variables that are zero at first: CALL_ONCE sets them, which is one operator for all of them. */
function remembered(
  context: LayerContext,
  { widths, isApart }: { readonly widths: readonly number[]; readonly isApart: boolean },
): Memory {
  const { draft, scope, inputs, options } = context;
  const batch = inputs[0].shape[0] ?? 1;
  const isKeras2 = options.flavour === 'keras2';
  const model = scope.replace(/\/[^/]*$/, '').replaceAll(/_1(?=\/|$)/g, '');
  const layer = isKeras2 ? context.layer.name : `${model}/${context.layer.name}`;
  const before = draft.variables.length;
  const backwards = (place: number): string => String(mostVariables - place).padStart(5, '0');
  const handles = widths.map((units, place): DraftValue => {
    const sharedName = `${layer}/${isKeras2 ? 'Variable' : 'rnn_state'}${place === 0 ? '' : `_${place}`}`;
    const sortName = isApart ? `captured_${backwards(before + place)}` : `unknown_${backwards(before)}_${place}`;
    return draft.variable({ sharedName, shape: [batch, units], sortName });
  });
  // By the names of what reads and writes a state the operators are sorted, as they were seen in files.
  const values = handles.map((handle, place) =>
    add(context, 'READ_VARIABLE', [handle], {
      shape: [batch, widths[place]],
      name: place === 0 || isKeras2 ? `ReadVariableOp_${place}` : 'Assign',
    }),
  );
  const assign = (after: readonly DraftValue[]): void =>
    handles.forEach((handle, place) =>
      draft.addNode('ASSIGN_VARIABLE', [handle, after[place]], {
        outputs: [],
        name: `${scope}/AssignVariableOp${place === 0 ? '' : `_${place}`}`,
      }),
    );
  return { values, assign };
}
