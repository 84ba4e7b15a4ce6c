import type { Graph, Operator } from '../model/model';
import { fusedActivation, onlyCmsisNn } from './checks';
import { convolutionText, groupCount, imageElements, imageProblem, unequal } from './convolution';
import { define } from './define';
import { convolutionScales, symmetricInt16 } from './quantizationChecks';
import { dimension, inputTensor, outputTensor, product } from './shapes';
import type { OperatorView } from './view';
import { imageShape } from './outputShapes';

/**
 * Facts from kernels/conv.cc, kernels/conv_common.cc and kernels/cmsis_nn/conv.cc. Filter: [output, height, width,
 * input depth per group].
 */
export const conv2d = define({
  kind: 'CONV_2D',
  resolverMethod: 'AddConv2D',
  summary: 'Slides filters over an image and sums over all input channels of their group.',
  roles: ['activation', 'weights', 'bias'],
  inputs: [2, 3],
  outputs: 1,
  accepts: [
    'float32 float32 float32 -> float32',
    'int8 int8 int32 -> int8',
    'int8 int4 int32 -> int8',
    'int16 int8 int32|int64 -> int16',
  ],
  allocates: ['float32 float32 any -> float32', 'int8 int8|int4 any -> int8', 'int16 int8 any -> int16'],
  checks: [convolutionScales(0, 1, 0), onlyCmsisNn(symmetricInt16), fusedActivation],
  shapeProblem,
  macs,
  outputShapes: (view) => {
    const [image, filter] = [view.shape(0), view.shape(1)];
    if (image?.length !== 4 || filter?.length !== 4) return undefined;
    return [imageShape(view.operator, image, { height: filter[1], width: filter[2], channels: filter[0] })];
  },
  optionsText: (operator, graph) => {
    const groups = groupCount(operator, graph);
    return convolutionText(operator, groups === 1 ? '' : `groups ${groups}`);
  },
});

/** Every output element sums filter height x width x depth of one group; positions over the padding are counted too. */
function macs(operator: Operator, graph: Graph): number | undefined {
  const filter = inputTensor(operator, graph, 1);
  return product(
    imageElements(outputTensor(operator, graph, 0)),
    dimension(filter, 1),
    dimension(filter, 2),
    dimension(filter, 3),
  );
}

function shapeProblem(view: OperatorView): string | undefined {
  const [input, filter, output] = [view.input(0), view.input(1), view.output(0)];
  const image = imageProblem(view, [input, filter, output]);
  if (image !== undefined) return image;
  const depth = dimension(input, 3) ?? 0;
  const filterDepth = dimension(filter, 3) ?? 0;
  if (filterDepth === 0 || depth % filterDepth !== 0) {
    return unequal(view, ['input channels', depth], ['of them in each filter', filterDepth]);
  }
  const filters = dimension(filter, 0) ?? 0;
  const channels = dimension(output, 3) ?? 0;
  return filters === channels ? undefined : unequal(view, ['filters', filters], ['output channels', channels]);
}
