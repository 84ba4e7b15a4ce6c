import type { Graph, Operator } from '../model/model';
import { inputRank, outputRank } from './checks';
import { define, type OperatorFacts } from './define';
import type { OperatorDefinition } from './operator';
import { constantIntegers16, inputTensor, product } from './shapes';
import { sameShape } from './outputShapes';
import { each } from './signature';
import { countText, type OperatorView } from './view';

/**
 * TFLM's custom operators of the audio front end. Facts from signal/micro/kernels. Transforms count no MACs: their work
 * is butterflies.
 */

function signalOperator(
  facts: Omit<OperatorFacts, 'roles'> & Partial<Pick<OperatorFacts, 'roles'>>,
): OperatorDefinition {
  return define({ roles: ['activation'], ...facts });
}

const flat = [inputRank(0, 1), outputRank(0, 1)];

export const delay = signalOperator({
  kind: 'SignalDelay',
  resolverMethod: 'AddDelay',
  summary: 'Delays a signal by some samples.',
  outputShapes: sameShape(),
  inputs: 1,
  outputs: 1,
  accepts: ['int16 -> int16'],
});

export const energy = signalOperator({
  kind: 'SignalEnergy',
  resolverMethod: 'AddEnergy',
  summary: 'Squares and adds the parts of complex values: the energy of each frequency.',
  inputs: 1,
  outputs: 1,
  accepts: ['int16 -> uint32'],
  checks: flat,
});

export const fftAutoScale = signalOperator({
  kind: 'SignalFftAutoScale',
  resolverMethod: 'AddFftAutoScale',
  summary: 'Scales a signal up so that a transform loses the least.',
  inputs: 1,
  outputs: 2,
  accepts: ['int16 -> int16 int32'],
  checks: [...flat, outputRank(1, 0)],
});

export const filterBank = signalOperator({
  kind: 'SignalFilterBank',
  resolverMethod: 'AddFilterBank',
  summary: 'Sums frequencies into overlapping channels, weighted.',
  roles: ['activation', 'weights', 'weights', 'parameter'],
  inputs: 6,
  outputs: 1,
  accepts: ['uint32 int16 int16 int16 int16 int16 -> uint64'],
  checks: [0, 1, 2, 3, 4, 5].map((position) => inputRank(position, 1)).concat(outputRank(0, 1)),
  macs: filterBankMacs,
});

export const filterBankLog = signalOperator({
  kind: 'SignalFilterBankLog',
  resolverMethod: 'AddFilterBankLog',
  summary: 'Takes the logarithm of each channel.',
  outputShapes: sameShape(),
  inputs: 1,
  outputs: 1,
  accepts: ['uint32 -> int16'],
  checks: flat,
});

export const filterBankSquareRoot = signalOperator({
  kind: 'SignalFilterBankSquareRoot',
  resolverMethod: 'AddFilterBankSquareRoot',
  summary: 'Takes the square root of each channel.',
  outputShapes: sameShape(),
  inputs: 2,
  outputs: 1,
  accepts: ['uint64 int32 -> uint32'],
  checks: [...flat, inputRank(1, 0)],
});

export const filterBankSpectralSubtraction = signalOperator({
  kind: 'SignalFilterBankSpectralSubtraction',
  resolverMethod: 'AddFilterBankSpectralSubtraction',
  summary: 'Estimates the noise of each channel and subtracts it.',
  outputShapes: ({ shape }) => {
    const channels = shape(0);
    return channels === undefined ? undefined : [channels, channels];
  },
  inputs: 1,
  outputs: 2,
  accepts: ['uint32 -> uint32 uint32'],
  checks: [...flat, outputRank(1, 1)],
});

export const framer = signalOperator({
  kind: 'SignalFramer',
  resolverMethod: 'AddFramer',
  summary: 'Cuts a signal into overlapping frames.',
  inputs: 1,
  outputs: 2,
  accepts: ['int16 -> int16 bool'],
  checks: [outputRank(1, 0)],
  shapeProblem: (view) => rankStep(view, 1),
});

export const irfft = signalOperator({
  kind: 'SignalIrfft',
  resolverMethod: 'AddIrfft',
  summary: 'Turns a spectrum back into a signal: an inverse Fourier transform of real values.',
  inputs: 1,
  outputs: 1,
  accepts: each('int16 int32 float32', 'T -> T'),
  shapeProblem: (view) => rankStep(view, 0),
});

export const overlapAdd = signalOperator({
  kind: 'SignalOverlapAdd',
  resolverMethod: 'AddOverlapAdd',
  summary: 'Adds overlapping frames into a signal.',
  inputs: 1,
  outputs: 1,
  accepts: each('int16 float32', 'T -> T'),
  checks: [inputRank(0, 2, 6)],
  shapeProblem: (view) => rankStep(view, -1),
});

export const pcan = signalOperator({
  kind: 'SignalPCAN',
  resolverMethod: 'AddPCAN',
  summary: 'Evens out the loudness of each channel: per-channel amplitude normalization.',
  outputShapes: sameShape(),
  roles: ['activation', 'activation', 'parameter'],
  inputs: 3,
  outputs: 1,
  accepts: ['uint32 uint32 int16 -> uint32'],
  checks: [...flat, inputRank(1, 1), inputRank(2, 1)],
});

export const rfft = signalOperator({
  kind: 'SignalRfft',
  resolverMethod: 'AddRfft',
  summary: 'Turns a signal into its spectrum: a Fourier transform of real values.',
  inputs: 1,
  outputs: 1,
  accepts: each('int16 int32 float32', 'T -> T'),
  shapeProblem: (view) => rankStep(view, 0),
});

export const stacker = signalOperator({
  kind: 'SignalStacker',
  resolverMethod: 'AddStacker',
  summary: 'Collects frames with their neighbours.',
  inputs: 1,
  outputs: 2,
  accepts: ['int16 -> int16 bool'],
  checks: [...flat, outputRank(1, 0)],
});

export const window = signalOperator({
  kind: 'SignalWindow',
  resolverMethod: 'AddWindow',
  summary: 'Fades a frame in and out by a window function.',
  outputShapes: sameShape(),
  roles: ['activation', 'weights'],
  inputs: 2,
  outputs: 1,
  accepts: ['int16 int16 -> int16'],
  checks: [inputRank(0, 1, 6), inputRank(1, 1)],
  shapeProblem: (view) => rankStep(view, 0),
});

/**
 * Each channel, and one more for what spills over, sums its width twice: weights and unweights. Source:
 * signal/src/filter_bank.cc.
 */
function filterBankMacs(operator: Operator, graph: Graph): number | undefined {
  const widths = constantIntegers16(inputTensor(operator, graph, 5));
  return product(
    widths?.reduce((sum, width) => sum + Math.max(0, width), 0),
    2,
  );
}

function rankStep(view: OperatorView, step: number): string | undefined {
  const [input, output] = [view.input(0)?.shape.length, view.output(0)?.shape.length];
  if (input === undefined || output === undefined || output === input + step) return undefined;
  return `Output 0 of ${view.name} has ${countText(output, 'dimension')}, but TFLite Micro needs ${input + step}; convert the model again.`;
}
