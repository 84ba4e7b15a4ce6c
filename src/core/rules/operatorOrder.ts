import { disordersOf, writtenConstants } from '../model/disorder';
import type { Disorder } from '../model/disorder';
import { operatorName } from '../model/model';
import type { Tensor } from '../model/model';
import type { Rule } from './rule';

/** An operator reads what was not written before it, or writes what it reads or what is constant. */
export const operatorOrder: Rule = {
  code: 'operator-order',
  severity: 'error',
  documentation:
    'An operator reads what no operator before it writes, or writes its own input or a constant: operators run in the order of the file, so it computes with what happens to lie in memory.',
  find: ({ model, estimate }) => {
    const messages = new Map([
      ...model.graphs
        .flatMap(writtenConstants)
        .map(({ operator, tensor }) => [operator, constantText(tensor)] as const),
      ...model.graphs.flatMap(disordersOf).map((each) => [each.operator, messageOf(each)] as const),
    ]);
    return estimate.placed.flatMap(({ operator, layer }) => {
      const message = messages.get(operator);
      return message === undefined ? [] : [{ layer, message }];
    });
  },
};

function constantText({ name }: Tensor): string {
  return (
    `"${name}" is written here, but the file holds a constant for it: the board would write into the model, which lies ` +
    'in flash. Convert the model again.'
  );
}

function messageOf({ tensor: { name }, writer }: Disorder): string {
  if (writer === 'itself') {
    return (
      `"${name}" is an input and an output of the same operator, which overwrites values that it may still have to read. ` +
      'Convert the model again so that each operator writes a tensor of its own.'
    );
  }
  const cause =
    writer === 'nobody'
      ? 'is no input of the graph and no constant, and no operator writes it'
      : `is written only by operator ${writer.index} (${operatorName(writer)}), which runs later`;
  return `"${name}" is read here, but it ${cause}: the board computes with what happens to lie in memory. Convert the model again.`;
}
