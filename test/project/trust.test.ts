import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectTrust, settingTrust } from '../../src/core/project/trust';
import { check } from '../support/check';

/** A part of a JSON schema. */
interface Schema {
  readonly $ref?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
}

interface Manifest {
  readonly capabilities: { readonly untrustedWorkspaces: { readonly restrictedConfigurations: readonly string[] } };
  readonly contributes: { readonly configuration: { readonly properties: Readonly<Record<string, unknown>> } };
}

const root = join(__dirname, '..', '..');
const read = (file: string): unknown => JSON.parse(readFileSync(join(root, file), 'utf8'));
const manifest = read('package.json') as Manifest;
const schema = read('media/milliwatt.schema.json') as Schema;

/** Keys of a project file: those of the file, and one by one those of the models that it lists. */
function projectKeys({ properties = {} }: Schema): readonly string[] {
  return Object.entries(properties).flatMap(([key, { items }]) => {
    return key === 'models' ? projectKeys(items ?? {}).map((inner) => `models[].${inner}`) : [key];
  });
}

function ignoredOf(trust: Readonly<Record<string, string>>, kind: string): readonly string[] {
  return Object.keys(trust).filter((key) => trust[key] === kind);
}

check('what an untrusted folder may do', (what: () => readonly string[]) => [...what()].sort(), [
  {
    name: 'has a row for every setting',
    input: () => Object.keys(settingTrust).map((key) => `milliwatt.${key}`),
    expected: Object.keys(manifest.contributes.configuration.properties).sort(),
  },
  {
    name: 'has a row for every key of milliwatt.json',
    input: () => Object.keys(projectTrust),
    expected: [...projectKeys(schema)].sort(),
  },
  {
    name: 'is told to the editor for every setting that is ignored',
    input: () => ignoredOf(settingTrust, 'ignored').map((key) => `milliwatt.${key}`),
    expected: [...manifest.capabilities.untrustedWorkspaces.restrictedConfigurations].sort(),
  },
  {
    name: 'reaches no program, pattern, path, port or log by a setting',
    input: () => ignoredOf(settingTrust, 'ignored'),
    expected: [
      'firmware.addr2line',
      'firmware.elf',
      'firmware.updateArrays',
      'firmware.updateExports',
      'monitor.autoLog',
      'monitor.baudRate',
      'monitor.lineEnding',
      'monitor.logFolder',
      'monitor.logRotateMegabytes',
      'monitor.restoreConnections',
      'monitor.uploadPatterns',
      'tfjsNodePath',
    ],
  },
  {
    name: 'reaches no path by milliwatt.json',
    input: () => [...ignoredOf(projectTrust, 'ignored'), ...ignoredOf(projectTrust, 'compared')],
    expected: ['models[].calibration', 'models[].labels', 'models[].path', 'models[].sources'],
  },
  {
    name: 'calls by no innocent name what is a path, a pattern or a place',
    input: () =>
      [...ignoredOf(settingTrust, 'shown'), ...ignoredOf(projectTrust, 'shown')].filter((key) =>
        /path|pattern|folder|file|port|log|elf|program|calibration$|sources/i.test(key),
      ),
    expected: [],
  },
]);
