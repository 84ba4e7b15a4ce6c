import type { Graph, Operator } from '../model/model';
import { fusedActivation, onlyCmsisNn } from './checks';
import { convolutionText, imageElements, imageProblem, unequal } from './convolution';
import { define } from './define';
import { convolutionScales, symmetricInt16 } from './quantizationChecks';
import { dimension, inputTensor, outputTensor, product } from './shapes';
import { eachSized } from './signature';
import type { Refusal } from './operator';
import { refuse, type OperatorView } from './view';
import { imageShape } from './outputShapes';

/**
 * Facts from kernels/depthwise_conv.cc, kernels/depthwise_conv_common.cc and kernels/cmsis_nn/depthwise_conv.cc.
 * Filter: [1, height, width, output].
 */
export const depthwiseConv2d = define({
  kind: 'DEPTHWISE_CONV_2D',
  resolverMethod: 'AddDepthwiseConv2D',
  summary: 'Slides one filter or several over each channel of an image by itself.',
  roles: ['activation', 'weights', 'bias'],
  inputs: [2, 3],
  outputs: 1,
  accepts: [
    'float32 float32 float32 -> float32',
    'int8 int8 int32 -> int8',
    'int8 int4 int32 -> int8',
    'int16 int8 int64 -> int16',
  ],
  allocates: [...eachSized('T T any -> any'), 'int8 int4 any -> any', 'int16 int8 any -> any'],
  cmsisNnIsStrict: true,
  checks: [biasGiven, convolutionScales(0, 1, 3), onlyCmsisNn(symmetricInt16), fusedActivation],
  shapeProblem,
  macs,
  outputShapes: (view) => {
    const [image, filter] = [view.shape(0), view.shape(1)];
    if (image?.length !== 4 || filter?.length !== 4) return undefined;
    return [imageShape(view.operator, image, { height: filter[1], width: filter[2], channels: filter[3] })];
  },
  optionsText: (operator, graph) => {
    const multiplier = channelMultiplier(operator, graph);
    return convolutionText(operator, multiplier === 1 ? '' : `multiplier ${multiplier}`);
  },
});

/** Every output element sums filter height x width; positions over the padding are counted too. */
function macs(operator: Operator, graph: Graph): number | undefined {
  const filter = inputTensor(operator, graph, 1);
  return product(imageElements(outputTensor(operator, graph, 0)), dimension(filter, 1), dimension(filter, 2));
}

/** Output channels for each input channel, from the shapes: the file's own multiplier is not used by any kernel. */
function channelMultiplier(operator: Operator, graph: Graph): number {
  const depth = dimension(inputTensor(operator, graph, 0), 3);
  const channels = dimension(inputTensor(operator, graph, 1), 3);
  if (depth === undefined || channels === undefined || depth === 0 || channels % depth !== 0) return 1;
  return channels / depth;
}

/**
 * A bias of -1 counts as one, and its absent tensor is then given back. Source: DepthwiseConvPrepare in
 * kernels/depthwise_conv_common.cc.
 */
function biasGiven({ operator, name }: OperatorView): Refusal | undefined {
  if (operator.inputs[2] !== -1) return undefined;
  return refuse(
    'inputs-unsupported',
    `${name} has an absent bias (input 2 is -1), at which TFLite Micro crashes while it allocates; give it a bias of zeros or only two inputs.`,
  );
}

function shapeProblem(view: OperatorView): string | undefined {
  const [input, filter, output] = [view.input(0), view.input(1), view.output(0)];
  const image = imageProblem(view, [input, filter, output]);
  if (image !== undefined) return image;
  const depth = dimension(input, 3) ?? 0;
  const filters = dimension(filter, 3) ?? 0;
  if (depth === 0 || filters % depth !== 0) return unequal(view, ['filters', filters], ['input channels', depth]);
  const channels = dimension(output, 3) ?? 0;
  return filters === channels ? undefined : unequal(view, ['filters', filters], ['output channels', channels]);
}
