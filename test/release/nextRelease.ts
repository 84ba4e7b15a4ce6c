import { applyEdits, modify, parse, type JSONPath } from 'jsonc-parser';

/** What a release changes: the manifest, the lock file, the log of changes, and pages that name the last release. */
interface ReleaseTexts {
  readonly manifest: string;
  readonly lock: string;
  readonly changelog: string;
  readonly pages: readonly string[];
}

interface Release {
  readonly version: string;
  readonly texts: ReleaseTexts;
}

const steps = ['patch', 'minor', 'major'] as const;

type Step = (typeof steps)[number];

/**
 * The texts of the next release, on a day such as `2026-11-29`. The last release is the newest heading of the changelog
 * that has a day, 0.0.0 where there is none; what stands above it, under a heading without a day, is released.
 *
 * @throws Error with a whole sentence where nothing waits for a release, or where the version would go back.
 */
export function nextRelease(texts: ReleaseTexts, step: string | undefined, day: string): Release {
  if (!isStep(step)) throw new Error(`Say which part of the version goes up: ${steps.join(', ')}.`);
  const { version: named } = parse(texts.manifest) as { readonly version: string };
  const headings = [...texts.changelog.matchAll(/^## (\S+)(?: \((\d{4}-\d{2}-\d{2})\))?$/gm)].map(
    ([line, title, released]) => ({ line, title, released }),
  );
  const top = headings.at(0);
  if (top === undefined || top.released !== undefined) {
    throw new Error(
      'CHANGELOG.md has nothing to release: a heading "## Unreleased" with what changed goes on top of it.',
    );
  }
  const last = headings.find(({ released }) => released !== undefined)?.title ?? '0.0.0';
  const version = raised(last, step);
  if (isLower(version, named)) {
    throw new Error(`${version} is lower than ${named}, which package.json has: another part of the version goes up.`);
  }
  return {
    version,
    texts: {
      manifest: withVersion(texts.manifest, [['version']], version),
      lock: withVersion(texts.lock, [['version'], ['packages', '', 'version']], version),
      changelog: texts.changelog.replace(top.line, `## ${version} (${day})`),
      // As an action, or as a revision of the hook.
      pages: texts.pages.map((page) => page.replaceAll(`@v${named}`, `@v${version}`)),
    },
  };
}

function isStep(step: string | undefined): step is Step {
  return steps.some((each) => each === step);
}

function raised(version: string, step: Step): string {
  const at = 2 - steps.indexOf(step);
  return numbersOf(version)
    .map((number, index) => (index === at ? number + 1 : index > at ? 0 : number))
    .join('.');
}

function isLower(left: string, right: string): boolean {
  const [own, other] = [numbersOf(left), numbersOf(right)];
  const at = own.findIndex((number, index) => number !== other[index]);
  return at >= 0 && own[at] < other[at];
}

function numbersOf(version: string): readonly number[] {
  return version.split('.').map(Number);
}

/** The version at these places of a JSON text; nothing else of it changes. */
function withVersion(text: string, places: readonly JSONPath[], version: string): string {
  return places.reduce((edited, place) => applyEdits(edited, modify(edited, place, version, {})), text);
}
