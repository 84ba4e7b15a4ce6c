import type { BuildFact, FactOf } from '../../buildFiles/facts';
import { factsOf } from '../../buildFiles/facts';
import { knownFaults } from '../../faults/wrongAnswers';
import { kernelsInUse } from '../../faults/kernelsInUse';
import type { FileFix } from '../../model/problem';
import { libraryVersion } from '../../runtimes/libraries';
import type { LibraryRelease } from '../../runtimes/library';
import type { Target } from '../../runtimes/target';
import { dayOfOperator, dayOfVersion } from '../../runtimes/tflm/versions';
import { versionEdit } from '../libraryEdits';
import { modelledBuilds } from '../modelledBuilds';
import { modelName } from '../needs';
import type { BuildHit, FirmwareModel, FirmwareRule } from '../rule';

type LibraryFact = FactOf<'library'>;

/** A library whose version has faults that its models meet, or lacks their operators, and the release without them. */
export const libraryRelease: FirmwareRule = {
  code: 'build-library-version',
  severity: 'warning',
  documentation:
    'The version of the library that the build files name has known faults that a model meets, or lacks an operator of it; another release does not, or none.',
  find: (context) =>
    modelledBuilds(context).flatMap(({ facts, board, models }): readonly BuildHit[] => {
      const used = usedLibrary(facts, board.id);
      if (used === undefined) return [];
      const { release, releases, said, name } = used;
      const own = models.filter(({ target }) => isOfProject(target, release));
      const now = troublesOf(own, release);
      if (own.length === 0 || now.length === 0) return [];
      const better = releases
        .filter(({ date }) => date !== undefined)
        .map((each) => ({ release: each, left: troublesOf(own, each).length }))
        .filter(({ left }) => left < now.length)
        // The newest of those with the fewest: releases are in that order.
        .reduce<Better | undefined>(
          (most, each) => (most === undefined || each.left < most.left ? each : most),
          undefined,
        );
      const what = `${name} ${release.version} ${troublesText(now)}`;
      const { place } = said;
      if (better === undefined)
        return [
          {
            place,
            severity: 'information',
            message: `${what} No release of it is without that: change the model, as is said there.`,
          },
        ];
      const rest = better.left === 0 ? 'has none of that' : `has ${better.left} of these ${now.length}`;
      const edit = versionEdit(said, better.release.version);
      return [
        {
          place,
          message: `${what} ${better.release.version} ${rest}: take that version. Arena and times may be others with it.`,
          fixes: edit === undefined ? [] : fixesOf(name, better.release, edit),
        },
      ];
    }),
};

interface Better {
  readonly release: LibraryRelease;
  readonly left: number;
}

interface UsedLibrary {
  readonly name: string;
  /** What it is now. */
  readonly release: LibraryRelease;
  /** Newest first. */
  readonly releases: readonly LibraryRelease[];
  /** Where its version is asked for. */
  readonly said: LibraryFact;
}

/** The one library that brings an interpreter, where its version is known. */
function usedLibrary(facts: readonly BuildFact[], board: string): UsedLibrary | undefined {
  const found = factsOf(facts, 'library').flatMap((fact) => {
    const known = libraryVersion({ name: fact.value.name, version: fact.value.version, board });
    return known?.library.holds === 'interpreter' ? [{ fact, known }] : [];
  });
  // A file that the build writes is not the place to ask for another version, and follows the one that is.
  const asked = found.filter(({ fact }) => versionEdit(fact, '0') !== undefined).at(-1);
  const exact = [...found, ...(asked === undefined ? [] : [asked])]
    .filter(({ known }) => known.known === 'exact')
    .at(-1);
  if (exact === undefined || found.some(({ known }) => known.library.id !== exact.known.library.id)) return undefined;
  const { library, tflmVersion } = exact.known;
  const release = library.releases.find(({ id }) => id === tflmVersion);
  return release && { name: library.name, release, releases: library.releases, said: (asked ?? exact).fact };
}

/** Whether a model is analysed for that release: nobody chose another. */
function isOfProject({ tflmVersion, isVersionAssumed, origins }: Target, release: LibraryRelease): boolean {
  return isVersionAssumed === true || origins.tflmVersion === 'default' || tflmVersion === release.id;
}

/** An operator of a model that a release has trouble with. */
interface Trouble {
  readonly model: string;
  readonly operator: string;
  readonly kind: 'fault' | 'absent';
}

function troublesOf(models: readonly FirmwareModel[], { id, date }: LibraryRelease): readonly Trouble[] {
  if (date === undefined) return [];
  return models.flatMap((each) => {
    const target = { ...each.target, tflmVersion: id };
    const name = modelName(each);
    const day = dayOfVersion(id) ?? '';
    const faults = knownFaults(each.model, kernelsInUse(target)).filter(({ ofVersion }) => ofVersion === true);
    return [
      ...faults.map(({ operator }) => ({ model: name, operator: operator.kind, kind: 'fault' as const })),
      ...each.model.graphs
        .flatMap(({ operators }) => operators)
        .filter(({ kind }) => (dayOfOperator(kind) ?? '') > day)
        .map(({ kind }) => ({ model: name, operator: kind, kind: 'absent' as const })),
    ];
  });
}

function troublesText(troubles: readonly Trouble[]): string {
  const named = (wanted: Trouble['kind']): string =>
    [
      ...new Set(
        troubles.filter(({ kind }) => kind === wanted).map(({ operator, model }) => `${operator} of ${model}`),
      ),
    ].join(', ');
  const [faults, absent] = [named('fault'), named('absent')];
  const parts = [
    ...(faults === '' ? [] : [`has known faults at ${faults}`]),
    ...(absent === '' ? [] : [`has no kernel for ${absent}`]),
  ];
  return `${parts.join(' and ')}.`;
}

function fixesOf(
  name: string,
  { version }: LibraryRelease,
  edit: NonNullable<ReturnType<typeof versionEdit>>,
): readonly FileFix[] {
  return [{ title: `Ask for ${name} ${version}`, isPreferred: true, edits: [edit] }];
}
