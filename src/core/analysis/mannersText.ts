import type { MannerTrouble } from '../keras/manners';
import { countedKinds } from '../text/countedKinds';
import { markdownCode as code, markdownText as plain } from '../text/markdown';
import { exactBytesText, groupDigits } from '../text/units';
import {
  savings,
  type LayerManners,
  type MannerComparison,
  type MannerCosts,
  type MannerSide,
} from '../estimate/mannerComparison';

/** Layers of which a hover names each. */
const mostLayers = 3;
/** Operators that are named; a layer that is written step by step has hundreds. */
const mostKinds = 6;
/** Sentences about what the official converter does badly, over a whole model. */
const mostTroubles = 3;

/**
 * What a hover over operators says of the layers that they are of, as Markdown: nothing where both manners make the
 * same of them. What is shown of a layer is not named again where it is one layer; what goes badly with layers of a
 * program stands as problems at its lines.
 */
export function layerMannersText(
  comparison: MannerComparison,
  positions: readonly number[],
  isProgram = false,
): string | undefined {
  const here = comparison.layers.filter((layer) => layer.shown.some((position) => positions.includes(position)));
  // Behind what a layer is there stand lists of figures, which these sentences are no part of.
  const alone = here.length === 1 ? oneLayer(here[0], comparison, isProgram) : [];
  if (alone.length > 0) return alone.join('\n\n');
  const texts = here.length === 1 ? [] : here.flatMap((layer) => ofSeveral(layer, isProgram)).slice(0, mostLayers);
  const left = here.length - mostLayers;
  const lines = left > 0 ? [...texts, left === 1 ? 'One more layer differs.' : `${left} more layers differ.`] : texts;
  return lines.length === 0 ? undefined : lines.map((line) => `- ${line}`).join('\n');
}

type Told = Pick<MannerComparison, 'shown' | 'refused'>;

function oneLayer(
  { name, sides, troubles }: LayerManners,
  { shown, refused }: Told,
  isProgram: boolean,
): readonly string[] {
  const trouble = troublesTold(troubles, isProgram);
  if (sides === undefined) return trouble;
  const { official, ours } = sides;
  const difference = savedText(official, ours);
  const fixed = refused === undefined ? '' : ', with the batch fixed';
  const [own, other] =
    shown === 'ours'
      ? [ours, `The official converter writes ${operatorsText(official)} for ${code(name)}${fixed}`]
      : [official, `Converted by Milliwatt, ${code(name)} is ${operatorsText(ours)}`];
  // One operator is what the hover is about; of several it has but one.
  const instead = shown === 'ours' && own.operators.length > 1 ? `, in place of ${operatorsText(own)}` : '';
  return [[`${other}${instead}.`, ...(difference === undefined ? [] : [difference])].join(' '), ...trouble];
}

function ofSeveral({ name, sides, troubles }: LayerManners, isProgram: boolean): readonly string[] {
  if (sides === undefined) return troublesTold(troubles, isProgram);
  const { official, ours } = sides;
  return [`${code(name)}: ${operatorsText(official)} by the official converter, ${operatorsText(ours)} by Milliwatt.`];
}

function troublesTold(troubles: LayerManners['troubles'], isProgram: boolean): readonly string[] {
  if (isProgram) return [];
  return troubles
    .slice(0, 1)
    .map(({ message, isRefusal }) => `${isRefusal ? '' : 'By the official converter: '}${plain(message)}`);
}

/** Over a model: of a file what the official converter would have made of it, of a program what ours makes. */
export function modelMannersText({
  shown,
  official,
  ours,
  refused,
  batch,
  layers,
}: MannerComparison): string | undefined {
  const lines = [...(shown === 'ours' ? refusal(refused, batch) : []), ...totals(shown, official, ours)];
  // What is refused is said once, of the whole.
  const isSaid = ({ isRefusal }: MannerTrouble): boolean => isRefusal && refused !== undefined;
  const troubles = shown === 'ours' ? layers.flatMap((layer) => layer.troubles.filter((each) => !isSaid(each))) : [];
  const said = troubles.slice(0, mostTroubles).map(({ message }) => plain(message));
  const left = troubles.length - said.length;
  const all = [
    ...lines,
    ...said,
    ...(left > 0 ? [left === 1 ? 'One more layer goes badly.' : `${left} more layers go badly.`] : []),
  ];
  return all.length === 0 ? undefined : all.map((line) => `- ${line}`).join('\n');
}

function refusal(refused: string | undefined, batch: string | undefined): readonly string[] {
  if (refused === undefined) return [];
  return [[plain(refused), ...(batch === undefined ? [] : [batch])].join(' ')];
}

function totals(
  shown: MannerComparison['shown'],
  official: MannerSide | undefined,
  ours: MannerSide | undefined,
): readonly string[] {
  if (official === undefined || ours === undefined) return [];
  const isSame = official.operators.join() === ours.operators.join() && savings(official, ours).length === 0;
  if (isSame) return shown === 'ours' ? ['The official converter would write the same operators.'] : [];
  const [head, side] =
    shown === 'ours' ? ['The official converter would write', official] : ['Converted by Milliwatt:', ours];
  const count = side.operators.length;
  const figures = [`${count} ${count === 1 ? 'operator' : 'operators'}`, ...costTexts(side)].join(', ');
  const difference = savedText(official, ours);
  return [`${head} ${figures}.${difference === undefined ? '' : ` ${difference}`}`];
}

function costTexts({ ramBytes, flashBytes, cycles }: MannerCosts): readonly string[] {
  return [
    ...(ramBytes === undefined ? [] : [`arena ${exactBytesText(ramBytes)}`]),
    ...(flashBytes === undefined ? [] : [`flash ${exactBytesText(flashBytes)}`]),
    ...(cycles === undefined ? [] : [`${groupDigits(cycles)} cycles`]),
  ];
}

function savedText(official: MannerCosts, ours: MannerCosts): string | undefined {
  const units = {
    ramBytes: (value: number) => `${exactBytesText(value)} of RAM`,
    flashBytes: (value: number) => `${exactBytesText(value)} of flash`,
    cycles: (value: number) => `${groupDigits(value)} cycles`,
  };
  const all = savings(official, ours);
  const saved = all.filter((each) => each.saved > 0).map((each) => units[each.cost](each.saved));
  const more = all.filter((each) => each.saved < 0).map((each) => units[each.cost](-each.saved));
  if (saved.length === 0 && more.length === 0) return undefined;
  if (saved.length === 0) return `Milliwatt's takes ${more.join(', ')} more.`;
  return `Milliwatt's saves ${saved.join(', ')}${more.length === 0 ? '' : `, and takes ${more.join(', ')} more`}.`;
}

function operatorsText({ operators }: MannerSide): string {
  return countedKinds(operators, mostKinds, code);
}
