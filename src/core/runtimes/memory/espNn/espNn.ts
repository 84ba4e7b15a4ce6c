import { inputOf, outputOf } from '../../operands';
import type { KernelIsa } from '../../../boards/board';
import { numberOption } from '../../../model/options';
import type { StructureTable } from '../layout';
import {
  everyTensor,
  type PreparedOperator,
  type KernelMemory,
  type KernelTable,
  type PrepareRequests,
} from '../kernelMemory';
import { convolutionTensors } from '../reference/convolution';
import { softmax } from '../reference/dense';
import { referenceKernels } from '../reference/reference';
import { convolutionWindowOf } from '../shapes';
import type { EspWindow } from './espWindow';
import { espScratch, type EspScratch } from './scratch';

/**
 * State of the kernels that ESP-NN replaces. Source: espressif/esp-tflite-micro 99f49e1,
 * tensorflow/lite/micro/kernels/esp_nn/*.cc.
 */
export const espNnStructures: StructureTable = {
  EspNnConv: { reference: 'OpDataConv', bufferIndex: 'int' },
  EspNnSoftmax: { reference: 'SoftmaxParams', bufferIndex: 'int' },
};

/**
 * What the kernels take of the arena when ESP-NN is linked. (It also replaces ADD, FULLY_CONNECTED, MUL,
 * AVERAGE_POOL_2D and MAX_POOL_2D, which take what the reference kernels take.)
 * Source: espressif/esp-tflite-micro 99f49e1 (1.4.0), tensorflow/lite/micro/kernels/esp_nn/*.cc; espressif/esp-nn
 * d45b843 (1.2.3).
 */
export const espNnKernels: KernelTable = new Map([...referenceKernels, ...espNnReplaced(espScratch)]);

/** The kernels that ESP-NN replaces, with the scratch buffers of one of its releases. */
export function espNnReplaced(scratch: EspScratchTable): readonly (readonly [string, KernelMemory])[] {
  return [
    ['CONV_2D', convolutionKernel('CONV_2D', (call) => scratch[call.isa]?.convolution)],
    ['DEPTHWISE_CONV_2D', convolutionKernel('DEPTHWISE_CONV_2D', (call) => scratch[call.isa]?.depthwise)],
    ['SOFTMAX', { state: 'EspNnSoftmax', temporaries: everyTensor, prepare: (call) => espSoftmax(call, scratch) }],
  ];
}

type EspScratchTable = Readonly<Partial<Record<KernelIsa, EspScratch>>>;
type ScratchOf = (call: PreparedOperator) => ((window: EspWindow) => number) | undefined;

/** The reference kernel's requests, and then the library's own buffer for int8. */
function convolutionKernel(kind: string, scratchOf: ScratchOf): KernelMemory {
  const prepare = (call: PreparedOperator): PrepareRequests | undefined => {
    const requests = referenceKernels.get(kind)?.prepare?.(call);
    const window = espWindowOf(call);
    const bytesOf = scratchOf(call);
    if (requests === undefined || window === undefined || bytesOf === undefined) return undefined;
    const bytes = inputOf(call, 0)?.type === 'int8' ? bytesOf(window) : 0;
    return bytes > 0 ? { ...requests, scratch: [...(requests.scratch ?? []), bytes] } : requests;
  };
  return { state: 'EspNnConv', temporaries: convolutionTensors, prepare };
}

function espWindowOf(call: PreparedOperator): EspWindow | undefined {
  const window = convolutionWindowOf(call);
  if (window === undefined) return undefined;
  const channelMultiplier = numberOption(call.operator, 'depthMultiplier', 1);
  return { ...window, outputHeight: outputOf(call)?.shape[1] ?? 1, channelMultiplier };
}

/** The width that counts is dimension 1, whatever the rank. */
function espSoftmax(call: PreparedOperator, scratches: EspScratchTable): PrepareRequests | undefined {
  const tables = softmax(call);
  const input = inputOf(call, 0);
  const scratch = scratches[call.isa];
  if (input === undefined || scratch === undefined) return undefined;
  if (input.type !== 'int8' || outputOf(call)?.type !== 'int8') return tables;
  const width = input.shape[1];
  return width === undefined ? undefined : { ...tables, scratch: [width * scratch.softmaxBytesPerElement] };
}
