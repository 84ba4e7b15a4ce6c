import { inputRank } from './checks';
import { define } from './define';
import type { OperatorDefinition, Refusal } from './operator';
import { isConstant } from '../model/model';
import { anyTypes } from './signature';
import { countText, refuse, viewOf, inputName, type Check, type OperatorView } from './view';

/** TFLM's other custom operators. */

/** Facts from kernels/circular_buffer.cc and kernels/circular_buffer_common.cc. */
export const circularBuffer = define({
  kind: 'CIRCULAR_BUFFER',
  resolverMethod: 'AddCircularBuffer',
  summary: 'Remembers the last slices of a stream and gives them all.',
  roles: ['activation'],
  inputs: 1,
  outputs: 1,
  accepts: ['int8 -> int8'],
  checks: [inputRank(0, 4)],
  shapeProblem: ringProblem,
});

/** Facts from kernels/detection_postprocess.cc. */
export const detectionPostprocess = define({
  kind: 'TFLite_Detection_PostProcess',
  resolverMethod: 'AddDetectionPostprocess',
  summary: 'Decodes boxes of an object detector and keeps the best that do not overlap.',
  roles: ['activation', 'activation', 'parameter'],
  inputs: 3,
  outputs: 4,
  accepts: ['float32 float32 float32 -> float32 float32 float32 float32'],
  allocates: anyTypes,
  checks: [inputRank(0, 3), inputRank(1, 3), inputRank(2, 2)],
});

/** Facts from kernels/decode.cc: an encoded tensor and its table by turns. */
export const decode = define({
  kind: 'TFLM_DECODE',
  resolverMethod: 'AddDecode',
  summary: 'Unpacks compressed constants before they are used.',
  roles: ['weights'],
  inputs: [2, Infinity],
  outputs: [1, Infinity],
  accepts: ['any... -> any...'],
  checks: [pairsCheck, constantsCheck],
});

/** TFLM registers it only when built with Arm's driver. Source: kernels/ethosu.cc and kernels/ethos_u/ethosu.cc. */
export const ethosU: OperatorDefinition = {
  kind: 'ethos-u',
  resolverMethod: 'AddEthosU',
  summary: "Runs a part of the model, compiled by Vela, on Arm's Ethos-U accelerator.",
  role: () => 'activation',
  macs: () => undefined,
  isComplete: () => true,
  support: (operator, graph, library = 'reference') =>
    needsDriver(viewOf(operator, graph, library, () => 'activation')),
};

function needsDriver(view: OperatorView): Refusal {
  return refuse(
    'operator-needs-driver',
    `${view.name} runs only on Arm's Ethos-U accelerator, in a TFLite Micro that is built with its driver; choose a board that has one, or use the model from before Vela compiled it.`,
  );
}

function ringProblem(view: OperatorView): string | undefined {
  const [input, output] = [view.input(0)?.shape, view.output(0)?.shape];
  if (input === undefined || output === undefined) return undefined;
  const fits = [0, 2, 3].every((axis) => input[axis] === output[axis]) && input[1] === 1;
  return fits
    ? undefined
    : `${view.name} turns [${input.join(',')}] into [${output.join(',')}], but adds one slice [n,1,x,y] at a time to [n,slices,x,y]; convert the model again.`;
}

function pairsCheck({ operator, name }: OperatorView): ReturnType<Check> {
  if (operator.inputs.length === 2 * operator.outputs.length) return undefined;
  return refuse(
    'inputs-unsupported',
    `${name} has ${countText(operator.inputs.length, 'input')} for ${countText(operator.outputs.length, 'output')}, but TFLite Micro needs two for each; compress the model again.`,
  );
}

function constantsCheck(view: OperatorView): ReturnType<Check> {
  const open = view.operator.inputs.findIndex((_, position) => {
    const tensor = view.input(position);
    return tensor !== undefined && !isConstant(tensor);
  });
  if (open === -1) return undefined;
  return refuse(
    'constant-required',
    `${view.name} takes ${inputName(view, open)} from another operator, but TFLite Micro needs it as a constant; compress the model again.`,
  );
}
