import type { BuildFileKind } from '../buildFile';
import { FactList, TextPlaces } from '../syntax/factList';
import { readJson, stringAt } from '../syntax/json';
import { addBoardOptions, addFqbn } from './fqbn';

/** `.vscode/arduino.json`, the board that was picked in an editor. */
export const arduinoJson: BuildFileKind = {
  id: 'arduino.json',
  names: ['.vscode/arduino.json'],
  read: (text, path) => {
    const list = new FactList(new TextPlaces(path, text));
    const { root, problems } = readJson(text, path);
    const board = stringAt(root, ['board']);
    if (board !== undefined) {
      list.add('framework', 'arduino', board);
      addFqbn(list, board);
    }
    const options = stringAt(root, ['configuration']);
    if (options !== undefined) addBoardOptions(list, options);
    return { environments: [{ facts: list.facts }], ...(board === undefined ? {} : { isRoot: 'firmly' }), problems };
  },
};
