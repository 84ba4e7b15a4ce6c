import { joinWeights } from '../../keras/files/joinWeights';
import { readKerasLayers } from '../../keras/files/kerasFile';
import type { KerasModel } from '../../keras/kerasModel';
import { convertKeras } from '../../keras/lower/convert';
import { differencesOf } from '../../lineage/differences';
import { likenessOf } from '../../lineage/likeness';
import { printOf } from '../../lineage/print';
import { HumanError } from '../../model/problem';
import type { ProgramWeights } from '../../model/program';
import { siblingOf, type ModelSource, type TrainedFile } from '../source';
import type { ProgramModel, ReadProgram } from './readProgram';

/** What a file beside a program has for its model. */
interface FoundWeights {
  /** The model with the weights. */
  readonly joined?: KerasModel;
  readonly trained?: ProgramWeights;
}

/**
 * A program's model with the weights of a file beside it: of those that the program names the first that is the
 * model's own, else why the first of them is not. Nothing is said of a file that is another of the program's models.
 */
export function withTrainedFile(
  source: ModelSource,
  { id, read }: ProgramModel,
  { conversion, models }: ReadProgram,
): FoundWeights {
  let first: FoundWeights = {};
  for (const name of conversion.trainedFiles) {
    const bytes = siblingOf(source, name);
    if (bytes === undefined) continue;
    const found = foundIn(read.model, { name, bytes });
    if (found.joined !== undefined) return found;
    const isOfOther = models.some((other) => other.id !== id && foundIn(other.read.model, { name, bytes }).joined);
    if (first.trained === undefined && !isOfOther) first = found;
  }
  return first;
}

function foundIn(model: KerasModel, { name, bytes }: TrainedFile): FoundWeights {
  const inFile = ifReadable(() => readKerasLayers(bytes));
  const isWhole = inFile !== undefined;
  const differences = isWhole ? ifReadable(() => differencesBetween(model, inFile)) : undefined;
  const misfit = (why: string): FoundWeights => ({
    trained: { file: name, isWhole, misfit: `The weights of ${name} are not taken. ${why}` },
  });
  if (differences !== undefined && differences.length > 0) {
    return misfit(
      `It was trained as another version of this model: ${differences.join('; ')}. ` +
        'Train again, or convert the file itself.',
    );
  }
  try {
    return { joined: joinWeights(model, bytes), trained: { file: name, isWhole } };
  } catch (error) {
    if (error instanceof HumanError && error.code !== 'over-budget') return misfit(error.message);
    throw error;
  }
}

/** In which layers and options a file's model is another one; nothing where one of the two is not known wholly. */
function differencesBetween(model: KerasModel, inFile: KerasModel): readonly string[] {
  const [source, held] = [model, inFile].map((each) => {
    const { model: lowered, layers } = convertKeras(each, { manner: 'ours', batch: 1 });
    return printOf(lowered, (operator) => `${layers[operator].className} "${layers[operator].name}"`);
  });
  const likeness = likenessOf(source, held);
  return likeness === undefined ? ['the layers are others'] : differencesOf(source, held, likeness, 'file');
}

function ifReadable<Value>(read: () => Value): Value | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof HumanError && error.code !== 'over-budget') return undefined;
    throw error;
  }
}
