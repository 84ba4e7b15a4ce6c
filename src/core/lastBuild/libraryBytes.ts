import type { LinkedObject } from './mapParts';

/** What the library that runs models takes of flash, as it was linked. */
interface LibraryBytes {
  /** Interpreter and kernels of TFLM. */
  readonly tflmBytes: number;
  /** Functions of CMSIS-NN or ESP-NN that kernels call. */
  readonly functionBytes: number;
}

/** Object files of TFLM: by their folder, or by the archive that they were put into, whose members have no folder. */
const ofTflm =
  /tensorflow[/\\]lite[/\\]|lib[^/\\]*(?:tflite|tflm|tensorflow)[^/\\]*\.a[:(]|(?:^|[/\\])(?:tflite|tflm|tensorflow)[^/\\]*\.a[:(]/i;
const ofFunctions =
  /cmsis[_-]?nn|CMSIS[/\\]NN[/\\]|esp[_-]?nn|[/\\(:]arm_(?:convolve|depthwise|fully_connected|nn_|softmax|elementwise|avgpool|max_pool|svdf|lstm|batch_matmul|transpose_conv|pad|minimum|maximum)\w*\.c\./i;

/** Nothing where a map names no object file of TFLM, as after optimization at link time. */
export function libraryBytes(objects: readonly LinkedObject[]): LibraryBytes | undefined {
  const sum = (wanted: (name: string) => boolean): number =>
    objects.filter(({ name }) => wanted(name)).reduce((total, { flashBytes }) => total + flashBytes, 0);
  const functionBytes = sum((name) => ofFunctions.test(name) && !isKernel(name));
  const tflmBytes = sum((name) => ofTflm.test(name) && (!ofFunctions.test(name) || isKernel(name)));
  return tflmBytes === 0 ? undefined : { tflmBytes, functionBytes };
}

/** `kernels/cmsis_nn/conv.cc` and `kernels/esp_nn/conv.cc` are TFLM's own. */
function isKernel(name: string): boolean {
  return /kernels[/\\](?:cmsis_nn|esp_nn)[/\\]/.test(name);
}
