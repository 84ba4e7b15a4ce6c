import type { BuildFileKind } from '../buildFile';
import { FactList, TextPlaces } from '../syntax/factList';
import { linesOf } from '../syntax/lines';

/** Headers by which a sketch takes in a library that brings TFLM. Sources: the libraries' `library.properties`. */
const libraries: ReadonlyMap<string, string> = new Map([
  ['TensorFlowLite.h', 'Arduino_TensorFlowLite'],
  ['Chirale_TensorFlowLite.h', 'Chirale_TensorFLowLite'],
  ['TensorFlowLite_ESP32.h', 'TensorFlowLite_ESP32'],
]);

/** An Arduino sketch, as far as its includes name the library that runs models. */
export const sketch: BuildFileKind = {
  id: 'sketch',
  names: ['*.ino'],
  isSource: true,
  read: (text, path) => {
    const list = new FactList(new TextPlaces(path, text));
    for (const line of linesOf(text)) {
      if (!line.text.trimStart().startsWith('#')) continue;
      const header = /^\s*#\s*include\s*[<"]([\w.]{1,80})[>"]/.exec(line.text)?.[1] ?? '';
      const name = libraries.get(header);
      if (name !== undefined) list.add('library', { name, isExact: false }, line);
    }
    list.add('framework', 'arduino', { start: 0, end: 0 });
    return { environments: [{ facts: list.facts }], isRoot: 'alone', problems: [] };
  },
};
