import type { AttributeValue, OnnxNode } from './onnxModel';
import { refused } from './nodes';

interface FixedOption {
  readonly kind: string;
  readonly option: string;
  /** The only value that is followed, which an absent one has. */
  readonly followed: AttributeValue;
  /** What stands in the way of others, as a sentence with the next step. */
  readonly why: string;
}

const blocks = 'TensorFlow Lite Micro has a scale for a tensor or for each channel. Quantize per channel.';

/** Options whose other values would change what a node computes. A new one is one line. */
const fixedOptions: readonly FixedOption[] = [
  { kind: 'Resize', option: 'antialias', followed: 0, why: 'TensorFlow Lite Micro resizes without smoothing.' },
  { kind: 'SpaceToDepth', option: 'mode', followed: 'DCR', why: 'TensorFlow Lite Micro has the order "DCR" only.' },
  { kind: 'QuantizeLinear', option: 'block_size', followed: 0, why: blocks },
  { kind: 'DequantizeLinear', option: 'block_size', followed: 0, why: blocks },
  {
    kind: 'BatchNormalization',
    option: 'training_mode',
    followed: 0,
    why: 'It takes means of the batch. Export the model for inference (model.eval()).',
  },
];

/** @throws ModelError where an option has a value that would silently not be followed */
export function checkOptions(node: OnnxNode): void {
  for (const { kind, option, followed, why } of fixedOptions) {
    const value = kind === node.kind ? node.attributes.get(option) : undefined;
    if (value === undefined || value === followed) continue;
    throw refused(node, `its option ${option} is ${JSON.stringify(value)}. ${why}`);
  }
}
