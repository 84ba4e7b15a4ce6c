import { counted } from '../../wording';
import type { CleanStep } from '../cleanStep';

/** The metadata that TFLM reads. Source: kOfflineMemAllocMetadata and kCompressionMetadataString in tensorflow/lite/micro. */
const readByTflm: ReadonlySet<string> = new Set(['COMPRESSION_METADATA', 'OfflineMemoryAllocation']);

/** Removes metadata that no runtime on a microcontroller reads: labels, converter notes, minimum versions of other runtimes. */
export const metadata: CleanStep = {
  id: 'metadata',
  apply: (model) => {
    const kept = model.metadata.filter(({ name }) => readByTflm.has(name));
    const gone = model.metadata.filter(({ name }) => !readByTflm.has(name));
    if (gone.length === 0) return undefined;
    const bytes = gone.reduce((sum, { data }) => sum + data.length, 0);
    const names = gone.map(({ name }) => `"${name}"`).join(', ');
    return {
      model: { ...model, metadata: kept },
      decisions: [
        `The metadata ${names} (${counted(bytes, 'byte')}) are gone: no runtime on a microcontroller reads them.`,
      ],
    };
  },
};
