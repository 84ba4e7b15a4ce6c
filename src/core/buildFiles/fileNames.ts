/**
 * Names of build files as the kinds in `kinds/` have them, for those that look for such files without reading them; a
 * test compares them with the kinds.
 */
export const buildFileNames: readonly string[] = [
  '*.ino',
  'partition*.csv',
  '*partitions.csv',
  '*_app.csv',
  '*_ota.csv',
  '*MB.csv',
  'CMakeLists.txt',
  'west.yml',
  'managed_components/*/idf_component.yml',
  'components/*/idf_component.yml',
  'idf_component.yml',
  '.cproject',
  'prj.conf',
  'sdkconfig.defaults',
  'sdkconfig.defaults.*',
  'sdkconfig',
  'sdkconfig.*',
  '.vscode/arduino.json',
  '.vscode/settings.json',
  'CMakePresets.json',
  'CMakeUserPresets.json',
  'sketch.yaml',
  'sketch.yml',
  'platformio.ini',
  '.pio/libdeps/*/*/library.json',
  'lib/*/library.json',
  '.pio/libdeps/*/*/library.properties',
  'libraries/*/library.properties',
  'lib/*/library.properties',
  'library.properties',
  'dependencies.lock',
  'dependencies.lock.*',
  'build/CMakeCache.txt',
  'build/*/CMakeCache.txt',
  'build-*/CMakeCache.txt',
  'build_*/CMakeCache.txt',
  'cmake-build-*/CMakeCache.txt',
  'out/build/*/CMakeCache.txt',
  'build/zephyr/.config',
  'build/*/zephyr/.config',
  'build-*/zephyr/.config',
  'build_*/zephyr/.config',
  'wokwi.toml',
  '.gitmodules',
];

/** Folder of a copy of TFLM that the sources lie in which tell its version. */
export const vendoredFolder = 'tensorflow/lite';

/** A glob pattern of all of them, but for those of copies of TFLM. */
export function buildFilePattern(): string {
  return `**/{${buildFileNames.join(',')}}`;
}

/** Names of files of copies of TFLM, below `vendoredFolder`; a test compares them with the kinds. */
const vendoredNames: readonly string[] = [
  'micro/micro_mutable_op_resolver.h',
  'micro/kernels/micro_ops.h',
  'micro/micro_allocator.cc',
  'micro/micro_allocator.cpp',
  'micro/micro_allocator.h',
  'micro/micro_interpreter.cc',
  'micro/micro_interpreter.cpp',
  'micro/micro_interpreter.h',
  'micro/kernels/kernel_util.h',
  'micro/kernels/fully_connected.h',
  'micro/kernels/conv_common.cc',
  'micro/kernels/conv_common.cpp',
  'micro/kernels/fully_connected_common.cc',
  'micro/kernels/fully_connected_common.cpp',
  'micro/kernels/reduce_common.cc',
  'micro/kernels/reduce_common.cpp',
  'core/c/common.h',
  'core/c/builtin_op_data.h',
  'kernels/internal/types.h',
  'micro/micro_resource_variable.h',
  'micro/kernels/activations.h',
  'micro/kernels/batch_matmul.cc',
  'micro/kernels/batch_matmul.cpp',
  'micro/kernels/conv.cc',
  'micro/kernels/conv.cpp',
  'micro/kernels/fully_connected.cc',
  'micro/kernels/fully_connected.cpp',
  'micro/kernels/if.cc',
  'micro/kernels/if.cpp',
  'micro/kernels/maximum_minimum.cc',
  'micro/kernels/maximum_minimum.cpp',
  'micro/kernels/pad.h',
  'micro/kernels/unidirectional_sequence_lstm.h',
  'micro/kernels/cmsis_nn/batch_matmul.cc',
  'micro/kernels/cmsis_nn/batch_matmul.cpp',
  'micro/kernels/cmsis_nn/conv.cc',
  'micro/kernels/cmsis_nn/conv.cpp',
  'micro/kernels/cmsis_nn/fully_connected.cc',
  'micro/kernels/cmsis_nn/fully_connected.cpp',
  'micro/kernels/cmsis_nn/pad.cc',
  'micro/kernels/cmsis_nn/pad.cpp',
  'micro/kernels/cmsis_nn/pooling.cc',
  'micro/kernels/cmsis_nn/pooling.cpp',
  'micro/kernels/cmsis_nn/transpose_conv.cc',
  'micro/kernels/cmsis_nn/transpose_conv.cpp',
  'micro/kernels/*/conv.cc',
  'micro/kernels/*/conv.cpp',
];

/** Names of files of copies of libraries of kernels; a test compares them with the kinds. */
const vendoredKernelNames: readonly string[] = [
  'Source/ConvolutionFunctions/arm_convolve_get_buffer_sizes_s8.c',
  'Source/ConvolutionFunctions/arm_convolve_wrapper_s16.c',
  'Source/ConvolutionFunctions/arm_convolve_wrapper_s8.c',
  'Source/ConvolutionFunctions/arm_depthwise_conv_get_buffer_sizes_s8.c',
  'Source/ConvolutionFunctions/arm_depthwise_conv_wrapper_s8.c',
  'Source/ConvolutionFunctions/arm_transpose_conv_get_buffer_sizes_s8.c',
  'Source/ConvolutionFunctions/arm_transpose_conv_s8.c',
  'include/esp_nn.h',
  'include/esp_nn_esp32s3.h',
  'src/basic_math/esp_nn_add_s8_esp32s3.S',
  'src/common/common_functions.h',
  'src/convolution/esp_nn_conv_ansi.c',
  'src/convolution/esp_nn_conv_esp32p4.c',
  'src/convolution/esp_nn_conv_esp32s3.c',
  'src/convolution/esp_nn_conv_s8_filter_aligned_input_padded_esp32s3.S',
  'src/convolution/esp_nn_depthwise_conv_s8_esp32s3.c',
  'src/fully_connected/esp_nn_fully_connected_s8_esp32s3.S',
];

/** A glob pattern of both. */
export function vendoredPattern(): string {
  return `**/{${[...vendoredNames.map((name) => `${vendoredFolder}/${name}`), ...vendoredKernelNames].join(',')}}`;
}

/** The project that a file belongs to, of several: the nearest above it, else the only one. */
export function projectAbove<Project extends { readonly folder: string }>(
  projects: readonly Project[],
  path: string,
): Project | undefined {
  const byFolder = new Map(projects.map((project) => [project.folder, project]));
  for (let folder = above(path); ; folder = above(folder)) {
    const found = byFolder.get(folder);
    if (found !== undefined) return found;
    if (folder === '') return projects.length === 1 ? projects[0] : undefined;
  }
}

function above(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}
