import type { OptionValue } from '../model/model';
import { inputRank } from './checks';
import { define } from './define';
import { joinParts, numberText } from './optionsText';
import { elements } from './shapes';
import { anyTypes } from './signature';
import { countText, refuse, type Check, type OperatorView } from './view';

/**
 * Operators that run other graphs (whose own operators count for themselves), and variables that outlive an inference.
 */

/** Facts from kernels/if.cc. */
export const ifOperator = define({
  kind: 'IF',
  resolverMethod: 'AddIf',
  summary: 'Runs one of two graphs, by a truth value.',
  roles: ['activation'],
  inputs: [1, Infinity],
  outputs: [0, Infinity],
  accepts: ['bool any... -> any...'],
  checks: [oneCondition],
  optionsText: (operator) =>
    joinParts(
      numberText(operator, 'thenSubgraphIndex', 'then graph'),
      numberText(operator, 'elseSubgraphIndex', 'else graph'),
    ),
});

/** Facts from kernels/while.cc. */
export const whileOperator = define({
  kind: 'WHILE',
  resolverMethod: 'AddWhile',
  summary: 'Runs a graph again and again, as long as another one says so.',
  roles: ['activation'],
  inputs: [0, Infinity],
  outputs: [0, Infinity],
  accepts: ['any... -> any...'],
  checks: [sameCount],
  optionsText: (operator) =>
    joinParts(
      numberText(operator, 'condSubgraphIndex', 'while graph'),
      numberText(operator, 'bodySubgraphIndex', 'do graph'),
    ),
});

/** Facts from kernels/call_once.cc. */
export const callOnce = define({
  kind: 'CALL_ONCE',
  resolverMethod: 'AddCallOnce',
  summary: 'Runs a graph at the first inference only.',
  roles: [],
  inputs: 0,
  outputs: 0,
  accepts: ['->'],
  optionsText: (operator) => numberText(operator, 'initSubgraphIndex', 'graph'),
});

/** Facts from kernels/var_handle.cc. */
export const varHandle = define({
  kind: 'VAR_HANDLE',
  resolverMethod: 'AddVarHandle',
  summary: 'Names a variable that outlives an inference.',
  roles: [],
  inputs: 0,
  outputs: 1,
  accepts: ['-> resource'],
  allocates: anyTypes,
  optionsText: (operator) => nameText(operator.options?.values['sharedName']),
});

/** Facts from kernels/read_variable.cc. */
export const readVariable = define({
  kind: 'READ_VARIABLE',
  resolverMethod: 'AddReadVariable',
  summary: 'Reads a variable.',
  roles: ['state'],
  inputs: 1,
  outputs: 1,
  accepts: ['resource -> any'],
  allocates: anyTypes,
});

/** Facts from kernels/assign_variable.cc. */
export const assignVariable = define({
  kind: 'ASSIGN_VARIABLE',
  resolverMethod: 'AddAssignVariable',
  summary: 'Writes a variable.',
  roles: ['state', 'activation'],
  inputs: 2,
  outputs: 0,
  accepts: ['resource|int32 any ->'],
  checks: [inputRank(0, 0, 1)],
});

function nameText(name: OptionValue): string {
  return typeof name === 'string' ? name : '';
}

function oneCondition(view: OperatorView): ReturnType<Check> {
  if (elements(view.input(0)) === 1) return undefined;
  return refuse(
    'shape-unsupported',
    `Input 0 of ${view.name} has ${elements(view.input(0)) ?? 'several'} truth values, but TFLite Micro takes one; reduce it in the model.`,
  );
}

function sameCount({ operator, name }: OperatorView): ReturnType<Check> {
  if (operator.inputs.length === operator.outputs.length) return undefined;
  return refuse(
    'inputs-unsupported',
    `${name} has ${countText(operator.inputs.length, 'input')} but ${countText(operator.outputs.length, 'output')}, and TFLite Micro needs as many; convert the model again.`,
  );
}
