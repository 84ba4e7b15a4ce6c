import { windowKernels } from '../../memory/cmsisNn/convolution';
import { cmsisNnKernels } from '../../memory/cmsisNn/cmsisNn';
import { cmsisNnSizesOf } from '../../memory/cmsisNn/earlierSizes';
import { unpackingConvolution } from '../../memory/cmsisNn2023/cmsisNn2023';
import { espNnReplaced } from '../../memory/espNn/espNn';
import { espScratchOf } from '../../memory/espNn/versions';
import type { KernelMemory, KernelTable } from '../../memory/kernelMemory';
import { referenceKernels } from '../../memory/reference/reference';
import type { KernelLibrary } from '../../../operators/operator';
import type { TflmVersion } from '../version';
import { changes, type TflmChange } from './changes';
import { currentVersion } from './current';
import { desktopStructures } from './desktop';
import { operatorDays } from './operatorDays';

/** The first day that is described. */
export const firstDescribedDay = '2023-01-12';

/** A version by the day of TFLM's history that a library holds. */
interface DatedVersion {
  readonly id: string;
  /** ISO 8601. */
  readonly day: string;
  /** True of a library that is built without TF_LITE_STATIC_MEMORY. */
  readonly isDesktop?: boolean;
  /** Id of a release of ESP-NN or CMSIS-NN; absent for the one that TFLM took, or the newest, on that day. */
  readonly kernels?: string;
  readonly source: string;
}

/** Weights of 4 bits were unpacked before this day, when CMSIS-NN got kernels for them. */
const int4Day = '2023-11-14';
/** Before it the scratch buffers of CMSIS-NN were those of the library of early 2023. */
const ownDownloadDay = '2023-03-02';

/** TFLM as it was on a day: today's description with every later change taken back, the newest first. */
export function versionOn({ id, day, isDesktop, kernels: kernelsVersion, source }: DatedVersion): TflmVersion {
  const later = changes.filter((change) => change.day > day);
  const kernels = (library: KernelLibrary, first: readonly (readonly [string, KernelMemory])[]): KernelTable =>
    presentOn(
      day,
      new Map([...first, ...later.flatMap((change) => (isAbout(change, library) ? (change.kernels ?? []) : []))]),
    );
  const reference = kernels('reference', [...referenceKernels]);
  return {
    id,
    commit: '',
    date: day,
    aliases: [],
    source,
    structures: Object.assign(
      {},
      currentVersion.structures,
      ...later.map((change) => change.structures ?? {}),
      isDesktop === true ? desktopStructures : {},
    ) as TflmVersion['structures'],
    parameterBlocks: currentVersion.parameterBlocks,
    kernels: {
      reference,
      cmsis_nn: kernels('cmsis_nn', [...cmsisNnKernels, ...windowsOn(day, kernelsVersion)]),
      esp_nn: new Map([...reference, ...espNnReplaced(espScratchOf(kernelsVersion, day))]),
    },
    undescribed: new Map(
      (['reference', 'cmsis_nn', 'esp_nn'] as const).map((library) => [library, undescribedIn(later, library)]),
    ),
    scratchRequestsPerOperator: 12,
  };
}

function isAbout({ libraries }: TflmChange, library: KernelLibrary): boolean {
  return libraries?.includes(library) !== false;
}

function undescribedIn(later: readonly TflmChange[], library: KernelLibrary): readonly string[] {
  return later.flatMap((change) => (isAbout(change, library) ? (change.undescribed ?? []) : []));
}

function presentOn(day: string, table: KernelTable): KernelTable {
  return new Map([...table].filter(([kind]) => (operatorDays.get(kind) ?? '') <= day));
}

function windowsOn(day: string, kernelsVersion: string | undefined): readonly (readonly [string, KernelMemory])[] {
  if (day < ownDownloadDay) return [];
  const sizes = cmsisNnSizesOf(kernelsVersion, day);
  if (day >= int4Day) return windowKernels(sizes);
  return [
    ['CONV_2D', unpackingConvolution(0, { int8: sizes.convolution, int16: sizes.int16Convolution })],
    ['DEPTHWISE_CONV_2D', unpackingConvolution(3, { int8: sizes.depthwise, int16: () => 0 })],
  ];
}
