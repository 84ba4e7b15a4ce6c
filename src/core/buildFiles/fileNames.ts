/**
 * Names of build files as the kinds in `kinds/` have them, for those that look for such files without reading them; a
 * test compares them with the kinds.
 */
export const buildFileNames: readonly string[] = [
  '*.ino',
  'CMakeLists.txt',
  'west.yml',
  'managed_components/*/idf_component.yml',
  'components/*/idf_component.yml',
  'idf_component.yml',
  'prj.conf',
  'sdkconfig.defaults',
  'sdkconfig.defaults.*',
  'sdkconfig',
  'sdkconfig.*',
  '.vscode/arduino.json',
  '.vscode/settings.json',
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
  'build/zephyr/.config',
  'build/*/zephyr/.config',
  'wokwi.toml',
];

/** Folder of a copy of TFLM that the sources lie in which tell its version. */
export const vendoredFolder = 'tensorflow/lite/micro';

/** A glob pattern of all of them, but for those of copies of TFLM. */
export function buildFilePattern(): string {
  return `**/{${buildFileNames.join(',')}}`;
}

/** Names of files of copies of TFLM, below `vendoredFolder`; a test compares them with the kinds. */
const vendoredNames: readonly string[] = [
  'micro_mutable_op_resolver.h',
  'kernels/micro_ops.h',
  'micro_allocator.cc',
  'micro_allocator.cpp',
  'micro_allocator.h',
  'micro_interpreter.cc',
  'micro_interpreter.cpp',
  'micro_interpreter.h',
  'kernels/kernel_util.h',
  'kernels/fully_connected.h',
  'kernels/conv_common.cc',
  'kernels/conv_common.cpp',
  'kernels/fully_connected_common.cc',
  'kernels/fully_connected_common.cpp',
  'kernels/reduce_common.cc',
  'kernels/reduce_common.cpp',
];

/** A glob pattern of those. */
export function vendoredPattern(): string {
  return `**/${vendoredFolder}/{${vendoredNames.join(',')}}`;
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
