import { HumanError } from '../../model/problem';
import { numberOption } from '../../model/options';
import { input, notExecuted, type KernelInvocation, type KernelMaker } from '../kernel';
import type { Value } from '../value';

/** IF: runs one of two graphs. */
export const ifOperator: KernelMaker = (call) => {
  const condition = input(call, 0).bytes;
  const branches = [graphOption(call, 'thenSubgraphIndex'), graphOption(call, 'elseSubgraphIndex')];
  return () => {
    const branch = branches[condition[0] !== 0 ? 0 : 1];
    const { inputs, outputs } = call.machine.graph(branch);
    copyAll(call.inputs.slice(1), inputs);
    call.machine.run(branch);
    copyAll(outputs, call.outputs);
  };
};

/** More iterations than any model for a microcontroller has: it would not end. */
const mostIterations = 1_000_000;

/** WHILE: runs one graph as long as another one says so. */
export const whileOperator: KernelMaker = (call) => {
  const { machine } = call;
  const condition = graphOption(call, 'condSubgraphIndex');
  const body = graphOption(call, 'bodySubgraphIndex');
  const goesOn = (): boolean => {
    copyAll(call.outputs, machine.graph(condition).inputs);
    machine.run(condition);
    const [answer] = machine.graph(condition).outputs;
    if (answer === undefined) throw notExecuted(call, 'the graph of its condition has no output');
    return answer.bytes[0] !== 0;
  };
  return () => {
    copyAll(call.inputs, call.outputs);
    for (let iteration = 0; goesOn(); iteration++) {
      if (iteration === mostIterations) throw endless(call);
      const { inputs, outputs } = machine.graph(body);
      copyAll(call.outputs, inputs);
      machine.run(body);
      copyAll(outputs, call.outputs);
    }
  };
};

/** CALL_ONCE: runs a graph at the first inference only. */
export const callOnce: KernelMaker = (call) => {
  const graph = graphOption(call, 'initSubgraphIndex');
  let hasRun = false;
  call.machine.onReset(() => {
    hasRun = false;
  });
  return () => {
    if (hasRun) return;
    call.machine.run(graph);
    hasRun = true;
  };
};

function graphOption(call: KernelInvocation, name: string): number {
  return numberOption(call.operator, name, 0);
}

function copyAll(from: readonly (Value | undefined)[], to: readonly Value[]): void {
  to.forEach((target, index) => {
    const source = from[index];
    if (source !== undefined) target.bytes.set(source.bytes.subarray(0, target.bytes.length));
  });
}

function endless(call: KernelInvocation): HumanError {
  return new HumanError(
    'loop-endless',
    `Operator ${call.operator.index} (WHILE) did not end after ${mostIterations} iterations. Give inputs for which its condition becomes false.`,
  );
}
