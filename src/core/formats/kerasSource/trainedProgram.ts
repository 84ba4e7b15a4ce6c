import { joinWeights } from '../../keras/files/joinWeights';
import type { KerasModel } from '../../keras/kerasModel';
import { HumanError } from '../../model/problem';
import { siblingOf, type ModelSource, type TrainedFile } from '../source';
import type { ReadProgram } from './readProgram';

/** The file of a program's trained weights: the one that was chosen, else one beside the program that it names. */
export function trainedFileOf(source: ModelSource, { conversion }: ReadProgram): TrainedFile | undefined {
  if (source.trained !== undefined) return source.trained;
  for (const name of conversion.trainedFiles) {
    const bytes = siblingOf(source, name);
    if (bytes !== undefined) return { name, bytes };
  }
  return undefined;
}

/** A model with the weights of a file that was found for it, or the whole sentence why they are not its own. */
type FoundWeights = { readonly model: KerasModel } | { readonly misfit: string };

export function withFoundWeights(model: KerasModel, { name, bytes }: TrainedFile): FoundWeights {
  try {
    return { model: joinWeights(model, bytes) };
  } catch (error) {
    if (error instanceof HumanError && error.code !== 'over-budget')
      return { misfit: `The weights of ${name} are not taken. ${error.message}` };
    throw error;
  }
}
