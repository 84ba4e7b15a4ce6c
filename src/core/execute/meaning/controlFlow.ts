import type { Graph, Operator } from '../../model/model';
import { HumanError } from '../../model/problem';
import { numberOption } from '../../model/options';
import type { Following } from './following';
import { agreesWith, either, type KnownValue } from './known';
import { lookup } from '../../text/lookup';

/** An operator that runs other graphs or keeps what outlives an inference. */
interface ControlCall {
  readonly graph: Graph;
  readonly operator: Operator;
  readonly inputs: readonly (KnownValue | undefined)[];
}

type ControlOperator = (follower: Following, call: ControlCall) => readonly KnownValue[];

/** Passes through a loop that are followed one by one; then what it does to any number of them is taken. */
const mostPasses = 2_000;
/** Rounds until nothing changes any more for loops whose end is not known. */
const mostRounds = 6;

export const controlOperators: Readonly<Record<string, ControlOperator | undefined>> = lookup({
  WHILE: followWhile,
  IF: followIf,
  CALL_ONCE: (follower, { operator }) => {
    const graph = numberOption(operator, 'initSubgraphIndex', 0);
    if (!follower.initialized.has(graph)) follower.graph(graph, []);
    follower.initialized.add(graph);
    return [];
  },
  VAR_HANDLE: (_, { graph, operator }) =>
    operator.outputs.map((index) => ({ shape: graph.tensors[index].shape, agrees: true })),
});

function followIf(follower: Following, call: ControlCall): readonly KnownValue[] {
  const { graph, operator, inputs } = call;
  const branches = ['thenSubgraphIndex', 'elseSubgraphIndex'].map((name) => numberOption(operator, name, 0));
  const condition = inputs[0]?.value?.bytes[0];
  const follow = (branch: number): readonly KnownValue[] =>
    follower.finish(
      graph,
      operator,
      follower.graph(branch, handed(follower, call, { to: branch, given: inputs.slice(1) })),
    );
  if (condition !== undefined) return follow(branches[condition === 0 ? 1 : 0]);
  const [first, second] = [follow(branches[0]).map(keepKnown), follow(branches[1])];
  return first.map((known, output) => (second[output] === undefined ? known : either(known, second[output])));
}

/** Loops are followed pass by pass while their condition is known. */
function followWhile(follower: Following, call: ControlCall): readonly KnownValue[] {
  const [condition, body] = ['condSubgraphIndex', 'bodySubgraphIndex'].map((name) =>
    numberOption(call.operator, name, 0),
  );
  const outer = follower.pass;
  let state = call.inputs.map((known) => keepKnown(known ?? { shape: [], agrees: false }));
  try {
    for (let pass = 1; ; pass++) {
      const goesOn = follower.graph(condition, handed(follower, call, { to: condition, given: state }))[0]?.value
        ?.bytes[0];
      if (goesOn === 0) break;
      if (goesOn !== undefined && follower.options.onFailure === 'throw' && pass > mostComputed)
        throw endless(call.operator);
      follower.pass = pass;
      const isFollowed = goesOn !== undefined && (pass <= mostPasses || follower.options.onFailure === 'throw');
      if (!isFollowed) {
        state = anyPass(follower, call, { body, state });
        break;
      }
      state = follower.graph(body, handed(follower, call, { to: body, given: state })).map(keepKnown);
    }
  } finally {
    follower.pass = outer;
  }
  return follower.finish(call.graph, call.operator, state);
}

/** More passes than any model for a microcontroller makes: it would not end. */
const mostComputed = 1_000_000;

/** What holds after any number of passes. */
function anyPass(
  follower: Following,
  call: ControlCall,
  { body, state }: { readonly body: number; readonly state: readonly KnownValue[] },
): KnownValue[] {
  let held = [...state];
  for (let round = 0; round < mostRounds; round++) {
    const next = follower.graph(body, handed(follower, call, { to: body, given: held })).map(keepKnown);
    const joined = held.map((known, index) => (next[index] === undefined ? known : either(known, next[index])));
    const same = joined.every(
      (known, index) =>
        known.shape.join() === held[index].shape.join() &&
        (known.value === undefined) === (held[index].value === undefined),
    );
    held = joined;
    if (same) break;
  }
  return held;
}

/** What a graph is given: a finding at the caller where the graph declares another shape for its input. */
function handed(
  follower: Following,
  { graph, operator }: ControlCall,
  { to, given }: { readonly to: number; readonly given: readonly (KnownValue | undefined)[] },
): readonly (KnownValue | undefined)[] {
  const target = follower.model.graphs[to];
  return given.map((known, position) => {
    const tensor = target?.tensors[target.inputs[position] ?? -1];
    if (known === undefined || tensor === undefined) return known;
    const agrees = agreesWith(tensor.shape, known.shape);
    if (!agrees && known.agrees) {
      follower.report({ graph, operator, output: position, declared: tensor.shape, made: known.shape });
    }
    return { ...known, agrees };
  });
}

/** Content is copied: the graph that made it runs again. */
function keepKnown(known: KnownValue): KnownValue {
  if (known.value === undefined) return known;
  return { ...known, value: known.value.copy() };
}

function endless(operator: Operator): HumanError {
  return new HumanError(
    'loop-endless',
    `Operator ${operator.index} (WHILE) did not end after ${mostComputed} iterations. Give inputs for which its condition becomes false.`,
  );
}
