import type { KernelIsa } from '../../../boards/board';
import { roundUp } from '../layout';
import * as sizes2022 from '../cmsisNn2023/bufferSizes';
import type { ConvolutionWindow } from '../shapes';
import {
  columnElements,
  convolutionBytes,
  depthwiseBlockBytes,
  depthwiseBytes,
  hasOptimizedDepthwise,
  int16ConvolutionBytes,
  rowBytes,
} from './bufferSizes';

/** Scratch buffers of one state of CMSIS-NN, in bytes, by instruction set. */
interface CmsisNnSizes {
  readonly convolution: (window: ConvolutionWindow, isa: KernelIsa) => number;
  readonly int16Convolution: (window: ConvolutionWindow, isa: KernelIsa) => number;
  readonly depthwise: (window: ConvolutionWindow, isa: KernelIsa) => number;
}

/** What differed in the general convolution of int8. */
interface Rules {
  /** Elements that a column is rounded up to, without MVE and with it. */
  readonly scalarMultiple: 1 | 4;
  readonly vectorMultiple: 8 | 16;
  /** What one row (1xN) takes with MVE: nothing, nothing unless its padding does not add up, or its padded ends. */
  readonly row: 'nothing' | 'checked' | 'padded';
  /** When a convolution is one row. */
  readonly isRow: (window: ConvolutionWindow) => boolean;
}

/** Convolutions of int16 with a column below this many elements had a fast kernel, with the DSP extension. */
const fastInt16Column = 512;

/** Today's, by the commits of CMSIS-NN that TFLM took over. */
const current: CmsisNnSizes = {
  convolution: convolutionBytes,
  int16Convolution: int16ConvolutionBytes,
  depthwise: depthwiseBytes,
};

/** Until c01c0a14 a 1x1 or 1xN convolution was taken for one although grouped. */
const ungrouped: CmsisNnSizes = {
  ...current,
  convolution: byRules({ scalarMultiple: 4, vectorMultiple: 16, row: 'padded', isRow: isWholeRow }),
};

/** Until e8db23a6 a depthwise convolution of one input channel was none of its own. */
const noOneChannel: CmsisNnSizes = { ...ungrouped, depthwise: earlierDepthwise };

/** Until 1af62f87 int16 had a buffer in the fast kernel alone, until 2ef559d3 one row with MVE needed none. */
const fastInt16: CmsisNnSizes = {
  ...noOneChannel,
  int16Convolution: fastInt16Bytes,
  convolution: byRules({ scalarMultiple: 4, vectorMultiple: 8, row: 'checked', isRow: isWholeRow }),
};

/** Until 20c92149 one row with MVE was not checked. */
const unchecked: CmsisNnSizes = {
  ...fastInt16,
  convolution: byRules({ scalarMultiple: 4, vectorMultiple: 8, row: 'nothing', isRow: isWholeRow }),
};

/** Until September 2023 columns were not rounded up. */
const unrounded: CmsisNnSizes = {
  ...unchecked,
  convolution: byRules({ scalarMultiple: 1, vectorMultiple: 8, row: 'nothing', isRow: isWholeRow }),
};

/** Until June 2023 one row was one of a multiple of four outputs. */
const fourOutputs: CmsisNnSizes = {
  ...unchecked,
  convolution: byRules({
    scalarMultiple: 1,
    vectorMultiple: 8,
    row: 'nothing',
    isRow: (window) => isOneHigh(window) && window.outputWidth % 4 === 0,
  }),
};

/** Until TFLM took CMSIS-NN from a repository of its own. */
const ofCmsis: CmsisNnSizes = {
  convolution: sizes2022.convolutionBytes,
  int16Convolution: sizes2022.int16ConvolutionBytes,
  depthwise: sizes2022.depthwiseBytes,
};

/**
 * Sizes by the first day on which TFLM took CMSIS-NN with them, newest first: cmsis_nn_download.sh names the commit.
 * Source: ARM-software/CMSIS-NN, Source/ConvolutionFunctions/arm_*_get_buffer_sizes_*.c at those commits.
 */
const sizesByDay: readonly (readonly [day: string, CmsisNnSizes])[] = [
  ['2026-05-21', current],
  ['2024-11-12', ungrouped],
  ['2024-04-23', noOneChannel],
  ['2024-03-18', fastInt16],
  ['2023-09-19', unchecked],
  ['2023-06-14', unrounded],
  ['2023-03-02', fourOutputs],
  ['', ofCmsis],
];

/** The day in the table above on which TFLM took the sizes of a release. */
const releaseDays: ReadonlyMap<string, string> = new Map([
  ['cmsis-nn-7.0.0', '2024-11-12'],
  ['cmsis-nn-6.0.0', '2024-04-23'],
  ['cmsis-nn-5.0.0', '2023-09-19'],
  ['cmsis-nn-4.1.0', '2023-06-14'],
  ['cmsis-nn-4.0.0', ''],
]);

/**
 * The scratch buffers of a release of CMSIS-NN (its id in `libraries/cmsisNn`), or of the one that TFLM of `day` takes.
 */
export function cmsisNnSizesOf(release: string | undefined, day: string): CmsisNnSizes {
  const from = releaseDays.get(release ?? '') ?? day;
  return sizesByDay.find(([since]) => since <= from)![1];
}

function byRules(rules: Rules): CmsisNnSizes['convolution'] {
  return (window, isa) => {
    const isOne = window.filterWidth === 1 && window.filterHeight === 1;
    const isPlain = window.paddingWidth === 0 && window.paddingHeight === 0 && isDense(window);
    if (isOne && isPlain) return 0;
    if (isa !== 'mve') return 4 * roundUp(columnElements(window), rules.scalarMultiple);
    const column = 4 * roundUp(columnElements(window), rules.vectorMultiple);
    if (!rules.isRow(window)) return column;
    if (rules.row === 'nothing') return 0;
    if (rules.row === 'padded') return rowBytes(window);
    return isAddedUp(window) ? 0 : column;
  };
}

/** Whether the padded outputs at both ends and those between add up to the row. */
function isAddedUp({ paddingWidth, strideWidth, outputWidth, filterWidth, inputWidth }: ConvolutionWindow): boolean {
  const odd = ((outputWidth - 1) * strideWidth + filterWidth - inputWidth) % 2;
  const ends = [paddingWidth + odd, paddingWidth].map((padding) =>
    padding === 0 ? 0 : Math.max(1, Math.trunc((padding + strideWidth - 1) / strideWidth)),
  );
  return ends[0] + ends[1] <= outputWidth;
}

function isOneHigh(window: ConvolutionWindow): boolean {
  return window.inputHeight === 1 && window.filterHeight === 1 && window.dilationWidth === 1;
}

function isWholeRow(window: ConvolutionWindow): boolean {
  return isOneHigh(window) && (window.strideWidth * window.inputChannels) % 4 === 0;
}

function isDense(window: ConvolutionWindow): boolean {
  return window.dilationWidth === 1 && window.dilationHeight === 1;
}

function fastInt16Bytes(window: ConvolutionWindow, isa: KernelIsa): number {
  const isFast = isa === 'dsp' && columnElements(window) < fastInt16Column && isDense(window);
  return isFast ? 4 * columnElements(window) : 0;
}

function earlierDepthwise(window: ConvolutionWindow, isa: KernelIsa): number {
  if (!hasOptimizedDepthwise(window)) return 0;
  if (isa === 'mve') return depthwiseBlockBytes(window);
  const isThreeByThree = window.filterWidth === 3 && window.filterHeight === 3;
  if (isThreeByThree && window.paddingHeight <= 1 && window.paddingWidth <= 1) return 0;
  return isa === 'dsp' ? 2 * columnElements(window) : 0;
}
