import { folderPattern, isOfPattern } from '../../src/core/buildFiles/syntax/folderPattern';
import { check } from '../support/check';

check('a folder that a text names', (text: string) => folderPattern(text, new Map([['presetName', 'debug']])), [
  { name: 'relative', input: 'build/x', expected: 'build/x' },
  { name: 'below the workspace', input: '${workspaceFolder}/build', expected: 'build' },
  {
    name: 'below the sources, with the name of a preset',
    input: '${sourceDir}/out/${presetName}',
    expected: 'out/debug',
  },
  { name: 'of Windows', input: '${workspaceFolder}\\build\\x', expected: 'build/x' },
  { name: 'a type that the editor knows', input: 'build-${buildType}/${buildKit}', expected: 'build-*/*' },
  { name: 'up and down again', input: 'a/../b/./c/', expected: 'b/c' },
  { name: 'the folder itself', input: '${workspaceFolder}/', expected: undefined },
  { name: 'out of the folder', input: '${workspaceFolder}/../other', expected: undefined },
  { name: 'out of the folder, later', input: 'a/../../b', expected: undefined },
  { name: 'at the root', input: '/tmp/build', expected: undefined },
  { name: 'of a drive', input: 'C:/build', expected: undefined },
  { name: 'at home', input: '~/build', expected: undefined },
  { name: 'the workspace in the middle', input: 'x/${workspaceFolder}/build', expected: undefined },
  { name: 'a variable of the system', input: '$env{HOME}/build', expected: undefined },
  { name: 'one of an editor that is not known', input: '${env:HOME}/build', expected: undefined },
  { name: 'a name that does not end', input: 'build/${presetName', expected: undefined },
  {
    name: 'more that is not known than a build folder has',
    input: '${buildType}/${buildType}/${buildType}',
    expected: undefined,
  },
  { name: 'nothing', input: '', expected: undefined },
]);

check('a folder that a pattern is of', ([folder, pattern]: readonly [string, string]) => isOfPattern(folder, pattern), [
  { name: 'the same', input: ['a/b', 'a/b'], expected: true },
  { name: 'another', input: ['a/c', 'a/b'], expected: false },
  { name: 'a part that is not known', input: ['build-debug/x', 'build-*/x'], expected: true },
  { name: 'two in one part', input: ['a-1-b-2-c', 'a-*-b-*-c'], expected: true },
  { name: 'two that overlap', input: ['a-b', 'a-*-b'], expected: false },
  { name: 'a piece that is not there', input: ['a-1-c', 'a-*-b-*c'], expected: false },
  { name: 'no part goes over a slash', input: ['a/b/c', 'a/*'], expected: false },
]);
