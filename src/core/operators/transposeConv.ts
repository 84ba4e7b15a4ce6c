import type { Graph, Operator } from '../model/model';
import { fusedActivation } from './checks';
import { convolutionText, imageElements, imageProblem, unequal } from './convolution';
import { define } from './define';
import { convolutionScales } from './quantizationChecks';
import { dimension, inputTensor, product } from './shapes';
import { eachSized } from './signature';
import type { OperatorView } from './view';
import { listedShape } from './outputShapes';

/**
 * Facts from kernels/transpose_conv.cc and kernels/cmsis_nn/transpose_conv.cc. Inputs: output shape, filter [output,
 * height, width, input], image, bias.
 */
export const transposeConv = define({
  kind: 'TRANSPOSE_CONV',
  resolverMethod: 'AddTransposeConv',
  summary: 'Spreads each input pixel over an output window: the transpose of a convolution.',
  roles: ['parameter', 'weights', 'activation', 'bias'],
  inputs: [3, 4],
  outputs: 1,
  accepts: [
    'int32 float32 float32 float32 -> float32',
    'int32 int8 int8 int32 -> int8',
    'int32 int8 int16 int16|int64 -> int16',
  ],
  allocates: [...eachSized('any T T any -> any'), 'any int8 int16 any -> any'],
  cmsisNnIsStrict: true,
  checks: [convolutionScales(2, 1, 0), fusedActivation],
  shapeProblem,
  macs,
  outputShapes: (view) => listedShape(view, 0),
  optionsText: (operator) => convolutionText(operator),
});

/**
 * Every input element goes into filter height x width x output channels; what falls outside the output is counted too.
 */
function macs(operator: Operator, graph: Graph): number | undefined {
  const filter = inputTensor(operator, graph, 1);
  return product(
    imageElements(inputTensor(operator, graph, 2)),
    dimension(filter, 0),
    dimension(filter, 1),
    dimension(filter, 2),
  );
}

function shapeProblem(view: OperatorView): string | undefined {
  const [filter, input, output] = [view.input(1), view.input(2), view.output(0)];
  const image = imageProblem(view, [filter, input, output]);
  if (image !== undefined) return image;
  const depth = dimension(input, 3) ?? 0;
  const filterDepth = dimension(filter, 3) ?? 0;
  if (depth !== filterDepth) return unequal(view, ['input channels', depth], ['of them in each filter', filterDepth]);
  const filters = dimension(filter, 0) ?? 0;
  const channels = dimension(output, 3) ?? 0;
  return filters === channels ? undefined : unequal(view, ['filters', filters], ['output channels', channels]);
}
