import type { SourceFile } from '../../firmware/firmware';
import type { ValueOrigin } from '../../firmware/join/origins';
import type { ResolverFacts } from '../../firmware/join/resolvers';
import { calledName } from '../../firmware/syntax/expression';
import { exactBytesText } from '../../text/units';
import { addedKinds } from '../operators';
import { isSure, modelName } from '../needs';
import type { FirmwareModel, FirmwareNote, ModelPairing } from '../rule';

type NotePlace = FirmwareNote['places'][number];

/** What was put together around an interpreter, in sentences: what each part is, and what is not sure of it. */
export function pairingText(pairing: ModelPairing): readonly string[] {
  return [
    modelSentence(pairing),
    resolverSentence(pairing),
    arenaSentence(pairing),
    ...(pairing.activity === 'maybe'
      ? ['Whether this code is compiled hangs on a condition of the preprocessor that is not known here.']
      : []),
    isSure(pairing)
      ? 'Each was found by following what the interpreter is given to its declaration.'
      : 'This is not sure, so that nothing of it counts as an error.',
  ];
}

/** For which board, runtime and version a model is analysed, and on what its arena rests. */
export function targetSentence({ report }: FirmwareModel): string {
  const { boardName, runtime, tflmVersion } = report.target;
  const basis = report.arena === undefined ? '' : `, the arena is ${report.arena.basis}`;
  return `Worked out for ${boardName ?? 'no particular board'}, ${runtime} ${tflmVersion}${basis}.`;
}

/** The parts of a pairing, to go to. */
export function pairingPlaces(pairing: ModelPairing): readonly NotePlace[] {
  const { file, interpreter, resolvers, arena } = pairing;
  return [
    { name: 'interpreter', file, at: interpreter.variable?.nameExtent ?? interpreter },
    ...resolvers.map((resolver) => ({ name: 'resolver', file: resolver.file, at: resolver.at })),
    ...(arena?.origins ?? []).flatMap(arenaPlaces),
  ];
}

function arenaPlaces(origin: ValueOrigin): readonly NotePlace[] {
  if (origin.kind === 'variable') {
    const { file, variable } = origin.variable;
    return [{ name: 'arena', file, at: variable.nameExtent }];
  }
  return origin.kind === 'unknown' ? [] : [{ name: 'arena', file: origin.place.file, at: origin.expression }];
}

function modelSentence({ models, isModelSure }: ModelPairing): string {
  if (models.length === 0) return 'Which model the interpreter runs is not known.';
  const names = models.map((model) => `${modelName(model)} (${model.path})`).join(' or ');
  return `The interpreter ${isModelSure ? 'runs' : 'may run'} ${names}.`;
}

function resolverSentence({ resolvers, isResolverSure }: ModelPairing): string {
  if (resolvers.length === 0) return 'Which resolver it uses is not known.';
  return `Its resolver ${isResolverSure ? 'is' : 'may be'} ${resolvers.map(resolverText).join(' or ')}.`;
}

function resolverText({ file, name, at, kind, adds }: ResolverFacts): string {
  const what = kind === 'all' ? 'all operators' : operatorsText(addedKinds(adds).length);
  return `${name} with ${what} (${placeText(file, at)})`;
}

/** `1 operator`, `7 operators`. */
export function operatorsText(count: number): string {
  return `${count} ${count === 1 ? 'operator' : 'operators'}`;
}

function arenaSentence({ arena }: ModelPairing): string {
  if (arena === undefined) return 'Its arena is not known.';
  const size = arena.size === undefined ? 'a size that is not known' : exactBytesText(arena.size.value);
  const names = arena.origins.map(originText).join(' or ');
  return `Its arena is ${names} with ${size}${arena.isShared ? ', shared with other interpreters' : ''}.`;
}

function originText(origin: ValueOrigin): string {
  if (origin.kind === 'unknown') return 'memory that is not seen';
  if (origin.kind === 'variable') {
    const { file, variable } = origin.variable;
    return `${variable.name} (${placeText(file, variable)})`;
  }
  const called = origin.kind === 'heap' ? calledName(origin.expression) : undefined;
  return `memory of ${called === undefined ? 'new' : `${called}()`} (${placeText(origin.place.file, origin.expression)})`;
}

function placeText({ path, text }: SourceFile, { start }: { readonly start: number }): string {
  return `${path}:${text.slice(0, start).split('\n').length}`;
}
