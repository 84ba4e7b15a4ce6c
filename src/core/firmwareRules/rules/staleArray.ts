import { folderDistance } from '../../firmware/firmware';
import { arrayNames, nearestOne } from '../../firmware/join/madeNames';
import { exactBytesText } from '../../text/units';
import type { ModelArray } from '../arrays';
import { modelArrays } from '../arrays';
import type { FirmwareContext, FirmwareRule, ModelFile, RecordedArray } from '../rule';

/** An array that was made from a file and holds another model than that now. */
export const staleArray: FirmwareRule = {
  code: 'firmware-array-stale',
  severity: 'warning',
  documentation: 'An array holds another model than the file that it was made from.',
  find: (context) => {
    const arrays = modelArrays(context);
    return arrays.flatMap((array) => {
      const { model, file, variable } = array;
      // It was made from whatever holds the same.
      if (context.files.some(({ hash }) => hash === model.hash)) return [];
      const source = sourceOf(array, context, arrays);
      if (source === undefined) return [];
      const { isCertain, made } = source;
      const name = made.path.slice(made.path.lastIndexOf('/') + 1);
      const has = `${variable.name} holds another model (${exactBytesText(model.report.model.bytes)})`;
      return [
        {
          file,
          at: variable.nameExtent,
          severity: isCertain ? ('warning' as const) : ('information' as const),
          message: `${has} than ${made.path} does now (${exactBytesText(made.bytes)})${isCertain ? '' : ', after which it seems to be named'}. Write the array again.`,
          rewrite: {
            title: `Write ${variable.name} again from ${name}`,
            from: made.path,
            array: model.array ?? '',
            isCertain,
          },
        },
      ];
    });
  },
};

interface ArraySource {
  readonly made: ModelFile;
  /** It is written down, or the array has the very name that `xxd -i` gives it. */
  readonly isCertain: boolean;
}

function sourceOf(
  array: ModelArray,
  { files, recorded }: FirmwareContext,
  arrays: readonly ModelArray[],
): ArraySource | undefined {
  const { file, variable, model } = array;
  const entry = recorded.find((each) => isRecorded(each, file.path, variable.name));
  const written = entry && files.find(({ path }) => path === entry.path);
  if (written !== undefined) return { made: written, isCertain: true };
  const exact = nearestOne(
    files.filter(({ path }) => arrayNames(path).includes(variable.name)),
    file.path,
  );
  if (exact !== undefined) return { made: exact, isCertain: true };
  // A file that another array holds is that one's.
  const free = files.filter(({ hash }) => !arrays.some((other) => other.model !== model && other.model.hash === hash));
  const alike = nearestOne(
    free.filter(({ path }) => isNamedAfter(file.path, path)),
    file.path,
  );
  const isAlone = arrays.filter((other) => other.file === file).length === 1;
  return alike === undefined || !isAlone ? undefined : { made: alike, isCertain: false };
}

function isRecorded({ sources, array }: RecordedArray, path: string, name: string): boolean {
  return array === name && (sources === undefined || sources.includes(path));
}

/** Whether source and file have one name: in different folders only one that is not that of every model. */
function isNamedAfter(source: string, path: string): boolean {
  const stem = stemOf(path);
  return stem === stemOf(source) && (stem !== 'model' || folderDistance(source, path) === 0);
}

/** A file's name without what says its kind. */
function stemOf(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const dot = name.lastIndexOf('.');
  return (dot < 0 ? name : name.slice(0, dot)).toLowerCase().replace(/_(?:model_)?(?:data|tflite)$/, '');
}
