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

/** A glob pattern of all of them. */
export function buildFilePattern(): string {
  return `**/{${buildFileNames.join(',')}}`;
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
