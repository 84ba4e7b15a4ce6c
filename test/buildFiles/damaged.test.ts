import { buildFileKinds, readBuildFile } from '../../src/core/buildFiles/buildFiles';
import type { BuildReading } from '../../src/core/buildFiles/facts';
import { check } from '../support/check';

function reading(id: string, text: string): BuildReading {
  const kind = buildFileKinds.find((each) => each.id === id)!;
  return readBuildFile(kind, text, kind.names[0].replaceAll('*', 'x'));
}

function saidOf({ id, text }: { readonly id: string; readonly text: string }): readonly string[] {
  const { environments, problems } = reading(id, text);
  const facts = environments.flatMap((environment) => environment.facts.map(({ kind, value }) => ({ kind, value })));
  return [
    ...facts.map(({ kind, value }) => `${kind} ${typeof value === 'object' ? JSON.stringify(value) : value}`),
    ...problems,
  ];
}

const ids = buildFileKinds.map(({ id }) => id);
/** A sketch is one whatever it holds. */
const nothing = (id: string): readonly string[] => (id === 'sketch' ? ['framework arduino'] : []);

check(
  'build files: an empty file says nothing',
  (id: string) => saidOf({ id, text: '' }),
  ids.map((id) => ({ name: id, input: id, expected: nothing(id) })),
);

check(
  'build files: bytes of another kind of file say nothing wrong',
  (id: string) =>
    reading(id, '\u0000\u0001TFL3\ufffd\n\u0002=\u0003\n').environments.flatMap(
      // A source of a copy that is of no day counts among the others.
      ({ facts }) =>
        facts.filter(
          ({ kind, value }) =>
            (kind !== 'vendored' || value.since !== undefined) &&
            (kind !== 'vendoredRelease' || value.releases.length > 0),
        ).length,
    ),
  ids.map((id) => ({
    name: id,
    input: id,
    expected: reading(id, '').environments.map(() => (id === 'sketch' ? 1 : 0)),
  })),
);

check(
  'build files: a huge file is a sentence at most',
  (id: string) => reading(id, 'x = 1\n'.repeat(100_000)).problems.length <= 1,
  ids.map((id) => ({ name: id, input: id, expected: true })),
);

check('build files: half written', saidOf, [
  {
    name: 'an option of PlatformIO without a value',
    input: { id: 'platformio.ini', text: '[env:a]\nboard =\nframework = arduino\n' },
    expected: ['framework arduino'],
  },
  {
    name: 'a section of PlatformIO that does not end',
    input: { id: 'platformio.ini', text: '[env:a]\nboard = pico\n[env:b\n' },
    expected: ['board pico', 'platformio.ini is read up to line 3, which is not understood. Correct it there.'],
  },
  {
    name: 'a flag whose quote does not end',
    input: { id: 'platformio.ini', text: '[env:a]\nbuild_flags = -DA="x\n' },
    expected: [],
  },
  {
    name: 'a map of YAML that is cut off',
    input: { id: 'sketch.yaml', text: 'profiles:\n  a:\n    fqbn: esp32:esp32:esp32\n    libra' },
    expected: ['sketch.yaml is read up to line 4, which is not understood. Correct it there.'],
  },
  {
    name: 'YAML indented by tabs',
    input: { id: 'dependencies.lock', text: 'target: esp32\ndependencies:\n\ta: b\n' },
    expected: [
      'framework esp-idf',
      'chip esp32',
      'dependencies.lock is read up to line 3, which is not understood. Correct it there.',
    ],
  },
  {
    name: 'a key of YAML that comes twice says nothing',
    input: { id: 'dependencies.lock', text: 'target: esp32\ntarget: esp32s3\n' },
    expected: [],
  },
  {
    name: 'JSON that does not end',
    input: { id: 'arduino.json', text: '{"board": "esp32:esp32:esp32"' },
    expected: ['arduino.json is not read: its JSON is damaged. Correct it there.'],
  },
  {
    name: 'a text of Kconfig that does not end',
    input: { id: 'sdkconfig', text: 'CONFIG_IDF_TARGET="esp32\nCONFIG_A=\nCONFIG_B=1\n' },
    expected: ['config {"name":"CONFIG_B","value":"1"}'],
  },
  {
    name: 'a command of CMake that does not end',
    input: { id: 'CMakeLists.txt', text: 'add_definitions(-DA=1)\nadd_definitions(-DB=1' },
    expected: ['define {"name":"A","text":"1"}'],
  },
]);
