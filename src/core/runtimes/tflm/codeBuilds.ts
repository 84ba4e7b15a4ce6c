import type { CoreId } from '../../boards/board';
import type { Runtime } from '../runtime';
import { knownRuntime } from '../runtimes';
import type { Target } from '../target';
import { indexImages, mergedBytes, ofOrigins, setBytes } from './codeImages';
import type { CodeOrigin, IndexedImage, IndexedImages, OriginBytes } from './codeImages';
import data from './codeSizeData.json';

/** Bytes of a set of operators in one build, and of the image without operators. */
export interface BuildBytes {
  readonly base: number;
  readonly byOrigin: OriginBytes;
}

/** What is computed for one build of one kernel library on one core. */
interface CodeBuild {
  readonly operators: readonly string[];
  readonly bytes: (operators: ReadonlySet<number>) => BuildBytes;
  /** True when images of just this build were linked. */
  readonly measured: boolean;
  /** Complete sentences. */
  readonly source: string;
}

/** The core whose images stand for a core: itself, or the nearest by instruction set and FPU. */
const imageCore: Readonly<Record<CoreId, CoreId>> = {
  'cortex-m0plus': 'cortex-m0plus',
  'cortex-m3': 'cortex-m3',
  'cortex-m4f': 'cortex-m4f',
  'cortex-m7': 'cortex-m7',
  'cortex-m33': 'cortex-m4f',
  'cortex-m55': 'cortex-m55',
  'cortex-m85': 'cortex-m55',
  'xtensa-lx6': 'cortex-m4f',
  'xtensa-lx7': 'cortex-m4f',
  'riscv-rv32imc': 'cortex-m3',
  'riscv-p4': 'cortex-m4f',
  'riscv-hazard3': 'cortex-m3',
};

/** The core that was linked in every build: the others follow its change from one build to the next. */
const fullyLinkedCore: CoreId = 'cortex-m4f';

const libraries: Readonly<Record<Runtime['codeImages']['library'], IndexedImages>> = {
  reference: indexImages(data.libraries.reference),
  cmsis_nn: indexImages(data.libraries.cmsis_nn),
};

type Build = 'release' | 'release_with_logs' | 'release_all_Os';

/** The build that `target` asks for: measured where it was linked, else derived from what was. */
export function codeBuild(target: Target): CodeBuild {
  const images = libraries[knownRuntime(target.runtime).codeImages.library];
  const core = imageCore[target.core.id];
  const optimized = {
    O2: (set: ReadonlySet<number>): BuildBytes => withLogs(images, core, set, target.logStrings === true),
    Os: (set: ReadonlySet<number>): BuildBytes => smallest(images, core, set, target.logStrings === true),
    O3: (set: ReadonlySet<number>): BuildBytes => fastest(images, core, set, target.logStrings === true),
  } satisfies Record<Target['optimization'], CodeBuild['bytes']>;
  const notes = modelledNotes(target, images, core);
  return {
    operators: images.operators,
    bytes: optimized[target.optimization],
    measured: notes.length === 0,
    source: [`${data.source}.`, ...notes].join(' '),
  };
}

/** -O2: the linked image where there is one. */
function withLogs(images: IndexedImages, core: CoreId, set: ReadonlySet<number>, logs: boolean): BuildBytes {
  return logs ? build(images, core, 'release_with_logs', set) : build(images, core, 'release', set);
}

/** -Os; with log strings (not linked) -O2's strings and checks are added. */
function smallest(images: IndexedImages, core: CoreId, set: ReadonlySet<number>, logs: boolean): BuildBytes {
  const silent = build(images, core, 'release_all_Os', set);
  if (!logs) return silent;
  return combine(
    combine(silent, 1, build(images, core, 'release_with_logs', set)),
    -1,
    build(images, core, 'release', set),
  );
}

/** -O3 (not linked): beyond -O2 by the published share of what -O2 is beyond -Os. */
function fastest(images: IndexedImages, core: CoreId, set: ReadonlySet<number>, logs: boolean): BuildBytes {
  const usual = withLogs(images, core, set, logs);
  const growth = data.o3Growth.value;
  const step = combine(build(images, core, 'release', set), -1, build(images, core, 'release_all_Os', set));
  return combine(usual, growth, step);
}

/**
 * One build of one core. Where it was not linked: the fully linked core's, changed origin by origin as the two cores
 * differ in the builds with log strings. Strings do not depend on the core.
 */
function build(images: IndexedImages, core: CoreId, name: Build, set: ReadonlySet<number>): BuildBytes {
  const image = images.images.get(`${core}|${name}`);
  if (image !== undefined) return imageBytes(images, image, set);
  const known = imageBytes(images, imageOf(images, fullyLinkedCore, name), set);
  const own = imageBytes(images, imageOf(images, core, 'release_with_logs'), set);
  const other = imageBytes(images, imageOf(images, fullyLinkedCore, 'release_with_logs'), set);
  const ratio = (origin: CodeOrigin): number =>
    origin === 'strings' || other.byOrigin[origin] === 0 ? 1 : own.byOrigin[origin] / other.byOrigin[origin];
  return {
    base: (known.base * own.base) / other.base,
    byOrigin: ofOrigins((origin) => known.byOrigin[origin] * ratio(origin)),
  };
}

function imageOf(images: IndexedImages, core: CoreId, name: Build): IndexedImage {
  const image = images.images.get(`${core}|${name}`);
  if (image === undefined) throw new Error(`No image ${core}|${name} in the table.`);
  return image;
}

function imageBytes(images: IndexedImages, image: IndexedImage, set: ReadonlySet<number>): BuildBytes {
  return { base: image.base, byOrigin: mergedBytes(setBytes(images, image, set), data.stringOverlap.value) };
}

/** `left + factor x right`, origin by origin. */
function combine(left: BuildBytes, factor: number, right: BuildBytes): BuildBytes {
  return {
    base: left.base + factor * right.base,
    byOrigin: ofOrigins((origin) => left.byOrigin[origin] + factor * right.byOrigin[origin]),
  };
}

/** What stands between the figures and a linked image, as complete sentences; none for a build that was linked. */
function modelledNotes(target: Target, images: IndexedImages, core: CoreId): readonly string[] {
  const build =
    target.optimization === 'Os' ? 'release_all_Os' : target.logStrings === true ? 'release_with_logs' : 'release';
  const linked = images.images.has(`${core}|${build}`);
  const { note } = knownRuntime(target.runtime).codeImages;
  return [
    ...(note === undefined ? [] : [note]),
    ...(core === target.core.id
      ? []
      : [`No images for ${target.core.name} were linked: those for ${core} stand for them.`]),
    ...(linked
      ? []
      : [`Without images of this build for ${core}, the change from build to build is that of ${fullyLinkedCore}.`]),
    ...(target.optimization === 'O3' ? [o3Note()] : []),
    ...(target.optimization === 'Os' && target.logStrings === true
      ? ['No images with -Os and log strings were linked: what the strings add at -O2 is added.']
      : []),
    ...(data.commit.startsWith(target.tflmVersion) || target.tflmVersion.startsWith(data.commit)
      ? []
      : [`The code of TFLM ${target.tflmVersion} was not linked: that of ${data.commit} stands for it.`]),
  ];
}

function o3Note(): string {
  const { value, low, high, models } = data.o3Growth;
  return (
    `No images with -O3 were linked: it is taken to add ${value} (${low} to ${high}) times what -O2 adds to -Os, ` +
    `as in ${models} published programs (EdgeMark).`
  );
}
