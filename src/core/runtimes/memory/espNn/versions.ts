import type { KernelIsa } from '../../../boards/board';
import { espScratch, type EspScratch } from './scratch';
import { espScratch11, espScratch120 } from './scratch11';
import { s3ConvolutionBytes } from './scratchS3';

type EspScratchTable = Readonly<Partial<Record<KernelIsa, EspScratch>>>;

/** 1.2.1 and 1.2.2: today's on the ESP32-S3 with a smaller margin, those before on the ESP32-P4. */
const espScratch121: EspScratchTable = {
  ...espScratch,
  esp32p4: espScratch11.esp32p4,
  esp32s3: { ...espScratch.esp32s3!, convolution: (window) => s3ConvolutionBytes(window, 32) },
};

/**
 * Scratch buffers by the first release that has them, newest first, with the day on which it came out. All releases
 * from 1.0.0 to 1.1.2 take the same (the ESP32-P4 has kernels since 1.1.0).
 * Source: espressif/esp-nn, functions esp_nn_get_*_scratch_size_* at each release.
 */
const releases: readonly { readonly version: string; readonly day: string; readonly scratch: EspScratchTable }[] = [
  { version: '1.2.3', day: '2026-04-27', scratch: espScratch },
  { version: '1.2.2', day: '2026-04-27', scratch: espScratch121 },
  { version: '1.2.1', day: '2026-04-06', scratch: espScratch121 },
  { version: '1.2.0', day: '2026-03-30', scratch: espScratch120 },
  ...['1.1.2', '1.1.1', '1.1.0', '1.0.2', '1.0.1', '1.0.0', '1.0.0-rc1'].map((version) => ({
    version,
    day: '2023-03-27',
    scratch: espScratch11,
  })),
];

/** The scratch buffers of a release of ESP-NN (its id in `libraries/espNn`), or of the newest on a day. */
export function espScratchOf(id: string | undefined, day: string): EspScratchTable {
  const release = releases.find((candidate) =>
    id === undefined ? candidate.day <= day : `esp-nn-${candidate.version}` === id,
  );
  return (release ?? releases.at(-1)!).scratch;
}
