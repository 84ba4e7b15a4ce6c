import type { Quantization } from '../model/model';
import type { Content } from './draft';
import type { Lowering } from './lowering';
import { numberOf } from './nodes';
import type { OnnxNode } from './onnxModel';
import { quantizedContent } from './quantization';

/** What follows an operator and becomes a part of it. */
export interface NodeTail {
  /** Name of the value that all of it gives. */
  readonly name: string;
  readonly activation: 'NONE' | 'RELU' | 'RELU6';
  /** Batch normalizations, multiplications and sums by constants, in order: to be folded into weights and bias. */
  readonly scalings: readonly OnnxNode[];
  /** Set where the operator works on integers: how its result is quantized. */
  readonly content: Content;
  readonly isInteger: boolean;
}

interface TailQuestion {
  /** Names of the values that the operator reads. */
  readonly reads: readonly string[];
  /** Whether it can have a function behind it. */
  readonly fuses?: boolean;
  /** Whether it has weights that take a scale and an offset. */
  readonly scales?: boolean;
  /** Whether all else it reads is quantized, too. */
  readonly isReady?: boolean;
}

/**
 * Takes what follows a node and can be a part of its operator, and says whether the operator works on integers: where
 * all that it reads is dequantized just before, and its result is quantized right behind.
 */
export function takeTail(lowering: Lowering, node: OnnxNode, question: TailQuestion): NodeTail {
  const { reads, fuses = false, scales = false, isReady = true } = question;
  // Kinds that only move or compare numbers read integers as they are, and give such.
  if (!fuses && !scales && reads.length > 0 && reads.every((name) => lowering.isRaw(name))) {
    const content = lowering.draft.contentOf(lowering.followed(node, reads[0]).value.tensor);
    return { name: node.outputs[0], activation: 'NONE', scalings: [], content, isInteger: true };
  }
  const taken: OnnxNode[] = [];
  const scalings: OnnxNode[] = [];
  let [name, activation]: [string, NodeTail['activation']] = [node.outputs[0], 'NONE'];
  for (let next = lowering.onlyReader(name); next !== undefined; next = lowering.onlyReader(name)) {
    if (scales && activation === 'NONE' && isScaling(lowering, next, name)) scalings.push(next);
    else if (fuses && activation === 'NONE' && rectifierOf(lowering, next) !== undefined) {
      activation = rectifierOf(lowering, next)!;
    } else break;
    taken.push(next);
    name = next.outputs[0];
  }
  for (const each of taken) lowering.done.add(each);
  const quantizer = lowering.onlyReader(name);
  const quantization = quantizer && quantizedContent(lowering, quantizer);
  const isInteger =
    isReady && scalings.length === 0 && reads.every((each) => lowering.isQuantized(each)) && quantization !== undefined;
  if (!isInteger) return { name, activation, scalings, content: { type: 'float32' }, isInteger: false };
  lowering.done.add(quantizer!);
  return { name: quantizer!.outputs[0], activation, scalings, content: quantization, isInteger: true };
}

function isScaling(lowering: Lowering, { kind, inputs }: OnnxNode, name: string): boolean {
  return (
    kind === 'BatchNormalization' &&
    inputs[0] === name &&
    inputs.slice(1, 5).every((each) => lowering.numbers(each) !== undefined)
  );
}

/** The function that TFLite fuses for this node. */
function rectifierOf(lowering: Lowering, node: OnnxNode): 'RELU' | 'RELU6' | undefined {
  if (node.kind === 'Relu') return 'RELU';
  if (node.kind !== 'Clip') return undefined;
  const { least, most } = clipRange(lowering, node);
  if (least !== 0) return undefined;
  if (most === 6) return 'RELU6';
  return most === Infinity ? 'RELU' : undefined;
}

/** Between which numbers a Clip holds its input: attributes before opset 11, inputs since. */
export function clipRange(lowering: Lowering, node: OnnxNode): { readonly least: number; readonly most: number } {
  const largest = 3.4028234e38;
  const least = lowering.numbers(node.inputs.at(1))?.values[0] ?? numberOf(node, 'min', -Infinity);
  const most = lowering.numbers(node.inputs.at(2))?.values[0] ?? numberOf(node, 'max', Infinity);
  return { least: least <= -largest ? -Infinity : least, most: most >= largest ? Infinity : most };
}

/** True for the same scale and zero point. */
export function isSameQuantization(left: Quantization | undefined, right: Quantization | undefined): boolean {
  return left?.scales[0] === right?.scales[0] && left?.zeroPoints[0] === right?.zeroPoints[0];
}
