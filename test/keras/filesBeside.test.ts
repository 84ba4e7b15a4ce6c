import { describedFiles } from './described';
import { check } from '../support/check';

const model = [
  'from tensorflow import keras',
  'm = keras.Sequential([keras.Input((2,)), keras.layers.Dense(units)])',
].join('\n');

/** The model of `src/main.py`, whose `units` the lines before it say. */
function dense({
  lines,
  files,
}: {
  readonly lines: readonly string[];
  readonly files: Readonly<Record<string, string>>;
}): string {
  const text = [...lines, model].join('\n');
  return describedFiles(new Map([['src/main.py', text], ...Object.entries(files)]), {}, 'src/main.py').join();
}

const yaml = ['import yaml', 'units = yaml.safe_load(open("net.yaml"))["units"]'];

check('a file beside a program', dense, [
  { name: 'in its folder', input: { lines: yaml, files: { 'src/net.yaml': 'units: 3' } }, expected: 'm,  Dense@4 3 9' },
  {
    name: 'in a folder above',
    input: { lines: yaml, files: { 'net.yaml': 'units: 4' } },
    expected: 'm,  Dense@4 4 12',
  },
  {
    name: 'the same in both folders',
    input: { lines: yaml, files: { 'net.yaml': 'units: 4', 'src/net.yaml': 'units: 4' } },
    expected: 'm,  Dense@4 4 12',
  },
  {
    name: 'another one in each folder: where the program is started is not known',
    input: { lines: yaml, files: { 'net.yaml': 'units: 4', 'src/net.yaml': 'units: 3' } },
    expected: 'm, open units,  Dense@4 ? ?',
  },
  { name: 'not there', input: { lines: yaml, files: {} }, expected: 'm, open units,  Dense@4 ? ?' },
  {
    name: 'at the root of the system',
    input: {
      lines: ['import json', 'units = json.load(open("/net.json"))["units"]'],
      files: { 'net.json': '{"units": 3}' },
    },
    expected: 'm, open units,  Dense@4 ? ?',
  },
  {
    name: 'written before it is read',
    input: {
      lines: ['import json', 'units = json.load(open("net.json", "w+"))["units"]'],
      files: { 'src/net.json': '{"units": 3}' },
    },
    expected: 'm, open units,  Dense@4 ? ?',
  },
  {
    name: 'data, which is not read',
    input: { lines: ['units = len(open("net.csv").readlines())'], files: { 'src/net.csv': '1\n2\n' } },
    expected: 'm, open units,  Dense@3 ? ?',
  },
  {
    name: 'by a path of parts',
    input: {
      lines: [
        'import json',
        'from pathlib import Path',
        'units = json.loads((Path(__file__).parent.parent / "conf" / "net.json").read_text())["units"]',
      ],
      files: { 'conf/net.json': '{"units": 5}' },
    },
    expected: 'm,  Dense@5 5 15',
  },
  {
    name: 'tables of TOML',
    input: {
      lines: ['import tomllib', 'units = tomllib.load(open("a.toml", "rb"))["net"]["head"]["units"]'],
      files: { 'src/a.toml': 'x = 1\n[net]\n# of the head\n[net.head]\nunits = 6 # all\n' },
    },
    expected: 'm,  Dense@4 6 18',
  },
  {
    name: "a module of a folder beside the program's",
    input: {
      lines: [
        'import os, sys',
        'sys.path.insert(0, os.path.join(os.path.dirname(__file__), ".."))',
        'sys.path.append("../lib")',
        'from sizes import units',
      ],
      files: { 'lib/sizes.py': 'units = 7' },
    },
    expected: 'm,  Dense@6 7 21',
  },
]);
