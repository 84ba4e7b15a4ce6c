import { posix } from 'node:path';
import { modelPlaceOf } from '../core/formats/kinds';
import type { Origin } from '../core/model/origin';
import type { Span } from '../core/model/span';

interface FindingPlace {
  /** Relative to the folder that was checked. */
  readonly file: string;
  /** Absent where the file as a whole is meant, or a cell, whose lines are none of the file. */
  readonly span?: Span;
  /** For people: `train.py:7`, `train.ipynb[2]:7`. */
  readonly text: string;
}

/** Where a finding about a model stands: in the file that it came from, else in that of the model. */
export function findingPlace(model: string, origin: Origin | undefined): FindingPlace {
  const own = modelPlaceOf(model).file;
  if (origin?.place === undefined) return { file: own, text: own };
  const { span, cell } = origin.place;
  const file = posix.normalize(posix.join(posix.dirname(own), origin.place.file));
  const line = span === undefined ? '' : `:${span.line + 1}`;
  if (cell === undefined) return { file, ...(span && { span }), text: `${file}${line}` };
  return { file, text: `${file}[${cell}]${line}` };
}
