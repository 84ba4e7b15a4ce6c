import { bitsPerElement } from '../../model/dataType';
import type { KernelCall, KernelContext, LoopCounts } from './kernelCall';
import { constantIntegers, dimension, elements, inputTensor, outputTensor } from './kernelCall';
import { copies } from './copy';
import { spoken } from './elementwise';

/**
 * PAD, PADV2, MIRROR_PAD. TFLM's loop (`reference/pad.h`) tests every output element against all paddings; CMSIS-NN's `arm_pad_s8`
 * fills and copies whole rows where the channels are not padded.
 */
export function padding(context: KernelContext): KernelCall | undefined {
  const input = inputTensor(context, 0);
  const output = outputTensor(context);
  if (input === undefined || output === undefined) return undefined;
  const { kind } = context.operator;
  if (kind !== 'MIRROR_PAD' && context.library === 'cmsis_nn' && input.type === 'int8') return rows(context);
  const inside = elements(input);
  const count = elements(output);
  return {
    variant: `${spoken(kind)} reference ${bitsPerElement[input.type]} bit`,
    reason: 'Every output element is tested against the paddings.',
    counts: {
      call: 1,
      row: count / Math.max(1, dimension(output, -1)),
      inside,
      outside: Math.max(0, count - inside),
    },
    ...(kind === 'MIRROR_PAD' ? { shared: true as const } : {}),
  };
}

function rows(context: KernelContext): KernelCall | undefined {
  const input = inputTensor(context, 0);
  const output = outputTensor(context);
  const pads = constantIntegers(inputTensor(context, 1));
  if (input === undefined || output === undefined || pads === undefined) return undefined;
  const rank = input.shape.length;
  const size = (axis: number): number => (axis + rank - 4 < 0 ? 1 : dimension(input, axis + rank - 4));
  const pad = (axis: number): number => {
    const at = axis + rank - 4;
    return at < 0 ? 0 : Math.max(0, pads[at * 2] ?? 0) + Math.max(0, pads[at * 2 + 1] ?? 0);
  };
  const lines = size(0) * size(1);
  const whole = pad(3) === 0;
  const width = size(2) * size(3);
  const fills = 2 + size(0) * 2 + lines * 2 + (whole ? 0 : lines * size(2) * 2);
  const filled = elements(output) - elements(input);
  const moved: LoopCounts =
    context.path === 'mve' ? { copyStep: lines * Math.ceil(width / 16), fillStep: filled / 16 } : copies(width, lines);
  return {
    variant: whole ? 'pad s8' : 'pad channels s8',
    reason: whole ? 'Channels are not padded: whole rows are copied.' : 'Channels are padded: pixel by pixel.',
    counts: whole
      ? { call: 1, image: size(0), line: lines, fill: fills, filledByte: filled, ...moved }
      : { call: 1, line: lines, pixel: lines * size(2), fill: fills, filledByte: filled, copyByte: elements(input) },
  };
}
