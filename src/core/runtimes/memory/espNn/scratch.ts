import type { KernelIsa } from '../../../boards/board';
import type { EspWindow } from './espWindow';
import { p4ConvolutionBytes } from './scratchP4';
import { s3ConvolutionBytes, s3DepthwiseBytes } from './scratchS3';

/** Scratch buffers of one release of ESP-NN on one chip, in bytes; 0 for none. */
export interface EspScratch {
  readonly convolution: (window: EspWindow) => number;
  readonly depthwise: (window: EspWindow) => number;
  /** Scratch by element of a softmax's width. */
  readonly softmaxBytesPerElement: number;
}

const none = (): number => 0;

/** Generic optimizations in C: no scratch but the exponentials of one softmax row. */
const generic: EspScratch = { convolution: none, depthwise: none, softmaxBytesPerElement: 4 };

/**
 * Scratch buffers by instruction set; chips without vector code of their own (ESP32, C3 and the like) run the generic
 * optimizations. Source: espressif/esp-nn d45b843 (1.2.3), include/esp_nn.h and src/{convolution,softmax}/, with
 * CONFIG_NN_OPTIMIZED (the default).
 */
export const espScratch: Readonly<Partial<Record<KernelIsa, EspScratch>>> = {
  esp32p4: { ...generic, convolution: p4ConvolutionBytes },
  esp32s3: { ...generic, convolution: s3ConvolutionBytes, depthwise: s3DepthwiseBytes },
  riscv: generic,
  'xtensa-lx6': generic,
};
