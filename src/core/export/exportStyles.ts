/** A file of a build that comes with exported sources. */
interface BuildFile {
  readonly name: string;
  readonly text: string;
}

/** How and where a framework wants sources. */
export interface ExportStyle {
  readonly id: string;
  /** For people. */
  readonly name: string;
  /** Files of which one says that a folder is a project of this kind, as paths in it; `*` begins any name. */
  readonly marks: readonly string[];
  /** Words of which one stands in its CMakeLists.txt. */
  readonly cmakeWords?: readonly string[];
  /** Folder of the files in the project; '' for the project's own. */
  readonly folder: (name: string) => string;
  readonly extension: 'cc' | 'cpp';
  /** Headers of the framework that have to come before those of TFLM. */
  readonly includes: readonly string[];
  readonly buildFiles: (name: string) => readonly BuildFile[];
  /** Whole sentences: what is left for the user. */
  readonly next: (name: string) => string;
}

/** All styles, the first that a folder shows counts. A new one is an entry here. */
export const exportStyles: readonly ExportStyle[] = [
  {
    id: 'platformio',
    name: 'PlatformIO',
    marks: ['platformio.ini'],
    folder: () => 'src',
    extension: 'cc',
    includes: [],
    buildFiles: () => [],
    next: (name) => `Include ${name}.h; PlatformIO builds all of src.`,
  },
  {
    id: 'esp-idf',
    name: 'ESP-IDF',
    marks: ['sdkconfig', 'sdkconfig.defaults', 'main/idf_component.yml', 'dependencies.lock'],
    cmakeWords: ['IDF_PATH', 'idf_component_register'],
    folder: (name) => `components/${name}`,
    extension: 'cc',
    includes: [],
    // A dependency of the manifest is linked to the component: source: ESP-IDF, "IDF Component Manager".
    buildFiles: (name) => [
      {
        name: 'CMakeLists.txt',
        text: `idf_component_register(SRCS "${name}.cc" "${name}_data.cc" INCLUDE_DIRS ".")\n`,
      },
      { name: 'idf_component.yml', text: 'dependencies:\n  espressif/esp-tflite-micro: "*"\n' },
    ],
    next: (name) => `Include ${name}.h in main; where its CMakeLists.txt lists REQUIRES, add ${name} there.`,
  },
  {
    id: 'zephyr',
    name: 'Zephyr',
    marks: ['prj.conf', 'west.yml'],
    cmakeWords: ['find_package(Zephyr'],
    folder: () => 'src',
    extension: 'cc',
    includes: [],
    buildFiles: () => [],
    next: (name) =>
      `Add target_sources(app PRIVATE src/${name}.cc src/${name}_data.cc) to CMakeLists.txt, and CONFIG_CPP=y and ` +
      'CONFIG_TENSORFLOW_LITE_MICRO=y to prj.conf.',
  },
  {
    id: 'arduino',
    name: 'Arduino',
    marks: ['*.ino', 'sketch.yaml'],
    folder: () => '',
    extension: 'cpp',
    // Arduino finds a library by a header in its root.
    includes: ['TensorFlowLite.h'],
    buildFiles: () => [],
    next: (name) =>
      `Include ${name}.h in the sketch. Where your TFLM library has another header than TensorFlowLite.h ` +
      `(Chirale_TensorFlowLite.h, TensorFlowLite_ESP32.h), name it in ${name}.h.`,
  },
  {
    id: 'cmake',
    name: 'CMake',
    marks: ['CMakeLists.txt'],
    folder: (name) => name,
    extension: 'cc',
    includes: [],
    buildFiles: (name) => [
      {
        name: 'CMakeLists.txt',
        text: [
          `add_library(${name} STATIC ${name}.cc ${name}_data.cc)`,
          `target_include_directories(${name} PUBLIC \${CMAKE_CURRENT_SOURCE_DIR})`,
          `target_compile_features(${name} PUBLIC cxx_std_17)`,
          '',
        ].join('\n'),
      },
    ],
    next: (name) =>
      `Add add_subdirectory(${name}) to CMakeLists.txt, link ${name} with the target that is TFLM ` +
      `(so that both are built with the same flags), and your program with ${name}.`,
  },
];

/** What a folder shows of its kind. */
export interface ProjectFolder {
  /** Paths of its files, with `/` between folders: its own, and those of `main`. */
  readonly files: readonly string[];
  /** Text of its CMakeLists.txt. */
  readonly cmake?: string;
}

/** The style of the project in a folder; absent where nothing says one. */
export function styleOfFolder({ files, cmake = '' }: ProjectFolder): ExportStyle | undefined {
  const isMarked = (mark: string): boolean => files.some((file) => isMarkedBy(file, mark));
  const speaking = exportStyles.find(({ cmakeWords = [] }) => cmakeWords.some((word) => cmake.includes(word)));
  const [first] = exportStyles.filter(({ marks }) => marks.some(isMarked));
  return first?.id === 'platformio' ? first : (speaking ?? first);
}

/** A file that parts of projects have, too, and what stands there of parts alone. */
const partFile = 'CMakeLists.txt';
const partWord = 'idf_component_register';

/**
 * The project that a file is exported into. `folders` are those above it, the nearest first: of one that shows what
 * parts of projects have, too, and nothing else, the one above it counts where that shows a project.
 */
export function projectAmong<Folder extends ProjectFolder>(
  folders: readonly Folder[],
): { readonly folder: Folder; readonly style: ExportStyle } | undefined {
  const at = folders.findIndex((folder) => styleOfFolder(folder) !== undefined);
  if (at < 0) return undefined;
  const [folder, ...above] = folders.slice(at);
  const outer = isPart(folder) ? projectAmong(above) : undefined;
  const style = styleOfFolder(folder);
  return outer ?? (style && { folder, style });
}

function isPart({ files, cmake = '' }: ProjectFolder): boolean {
  const marks = exportStyles.flatMap((style) => style.marks).filter((mark) => mark !== partFile);
  const words = exportStyles.flatMap(({ cmakeWords = [] }) => cmakeWords).filter((word) => word !== partWord);
  if (words.some((word) => cmake.includes(word))) return false;
  return !marks.some((mark) => files.some((file) => isMarkedBy(file, mark)));
}

function isMarkedBy(file: string, mark: string): boolean {
  return file === mark || (mark.startsWith('*') && file.endsWith(mark.slice(1)));
}

/** The folder of the project that a file, exported in a style under a name, lies in; absent where it was moved. */
export function projectOfExported(style: ExportStyle, name: string, folder: string): string | undefined {
  const below = style.folder(name);
  if (below === '' || folder === below) return below === '' ? folder : '';
  return folder.endsWith(`/${below}`) ? folder.slice(0, -below.length - 1) : undefined;
}
