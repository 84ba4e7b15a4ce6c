import { mayReadForeign, readsOnThread } from '../../src/cli/formatsFor';
import { check } from '../support/check';

check(
  'whether a command line may read what no microcontroller runs',
  (line: string) => mayReadForeign(line.split(' ')),
  [
    { name: 'a TFLite file', input: 'analyze a.tflite', expected: false },
    { name: 'an array, with flags before and behind', input: 'analyze --json a.h --board nano33ble', expected: false },
    { name: 'a program', input: 'analyze train.py', expected: true },
    { name: 'one of its models', input: 'list train.py#model', expected: true },
    { name: 'a Keras file behind a flag', input: 'convert --json a.keras -o b.tflite', expected: true },
    { name: 'an ONNX file among others', input: 'compare a.tflite b.onnx', expected: true },
    { name: 'a file whose name says nothing', input: 'analyze model.bin', expected: true },
    { name: 'a folder', input: 'list models', expected: true },
    { name: 'a project', input: 'check', expected: true },
    { name: 'a port', input: 'monitor /dev/ttyACM0', expected: false },
    { name: 'nothing', input: '--version', expected: false },
  ],
);

check('whether a command reads on a thread of its own', (line: string) => readsOnThread(line.split(' ')), [
  { name: 'a conversion', input: 'convert a.keras', expected: true },
  { name: 'an analysis', input: 'analyze a.keras', expected: false },
  { name: 'nothing', input: '', expected: false },
]);
