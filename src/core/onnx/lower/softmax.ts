import { shapeOf } from '../layout';
import type { Lowering } from '../lowering';
import { axisIn, numberOf } from '../nodes';
import type { OnnxNode } from '../onnxModel';
import { requantized, takesAnyScale } from '../quantization';
import { isSameQuantization, takeTail } from '../tail';

/** What the kernel of integers gives. */
const output = { scales: [1 / 256], zeroPoints: [-128], axis: 0 };

/** Softmax and LogSoftmax over one axis; before opset 13 over this axis and all behind it. */
export function lowerSoftmax(node: OnnxNode, lowering: Lowering): void {
  const { draft, opset } = lowering;
  const isLog = node.kind === 'LogSoftmax';
  const [name] = node.inputs;
  const tail = takeTail(lowering, node, { reads: [name], isReady: !isLog });
  const input = lowering.read(node, name, tail.isInteger);
  const shape = shapeOf(input.layout);
  const axis = axisIn(node, numberOf(node, 'axis', opset < 13 ? 1 : -1), shape.length);
  const over = shape.flatMap((_, at) => (at === axis || (opset < 13 && at > axis) ? [at] : []));
  const before = lowering.dimensionsOf(input).map((axes) => axes.filter((at) => !over.includes(at)));
  const dimensions = [...before.filter((axes) => axes.length > 0), over];
  const from = lowering.placed(input, dimensions);
  const isOwn =
    tail.isInteger && !isSameQuantization(output, tail.content.quantization) && !takesAnyScale(lowering, tail.name);
  const content = tail.isInteger
    ? { type: tail.content.type, quantization: output }
    : { type: draft.contentOf(from).type };
  const made = lowering.made(isOwn ? `${tail.name}/own` : tail.name, shape, dimensions, content);
  draft.emit({
    kind: isLog ? 'LOG_SOFTMAX' : 'SOFTMAX',
    version: tail.isInteger ? 2 : 1,
    inputs: [from],
    outputs: [made.tensor],
    table: isLog ? 'LogSoftmaxOptions' : 'SoftmaxOptions',
    values: isLog ? {} : { beta: 1 },
  });
  const tensor = isOwn ? requantized(lowering, made.tensor, { name: tail.name, content: tail.content }) : made.tensor;
  lowering.set(tail.name, { tensor, layout: made.layout }, !tail.isInteger);
}
