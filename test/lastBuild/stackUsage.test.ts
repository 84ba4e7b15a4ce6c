import { plainName, stackFrames } from '../../src/core/lastBuild/stackUsage';
import { check } from '../support/check';

check('frames of -fstack-usage', stackFrames, [
  {
    name: 'of GCC, with a path of Windows, and one that grows',
    input: 'a.cc:4:31:int deep(int)\t304\tstatic\nC:\\x\\b.c:9:1:fill\t16\tdynamic\nb.c:3:2:g\t24\tdynamic,bounded\n',
    expected: [
      { file: 'a.cc', line: 4, name: 'int deep(int)', bytes: 304, isOpen: false },
      { file: 'C:\\x\\b.c', line: 9, name: 'fill', bytes: 16, isOpen: true },
      { file: 'b.c', line: 3, name: 'g', bytes: 24, isOpen: false },
    ],
  },
  {
    name: 'of Clang',
    input: 'a.c:5:main\t8\tstatic\n',
    expected: [{ file: 'a.c', line: 5, name: 'main', bytes: 8, isOpen: false }],
  },
  {
    name: 'half written',
    input: 'a.c:5:1:main\t8\tstatic\na.c:9:1:next\t10',
    expected: [{ file: 'a.c', line: 5, name: 'main', bytes: 8, isOpen: false }],
  },
  { name: 'other lines', input: 'hello\n\t\t\na.c:1:f\tx\tstatic\na.c:1:f\t8\tsure\n', expected: [] },
  { name: 'nothing', input: '', expected: [] },
]);

check('the name of a frame', plainName, [
  { name: 'of C', input: 'main', expected: 'main' },
  {
    name: 'of C++',
    input: 'TfLiteStatus tflite::{anonymous}::ConvEval(TfLiteContext*, TfLiteNode*)',
    expected: 'ConvEval',
  },
]);
