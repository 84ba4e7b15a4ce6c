import type { ArtifactChange, Fix, Log, ReportingDescriptor, Result } from 'sarif';
import type { FileFix, Severity, TextEdit } from '../core/model/problem';
import { rules } from '../core/rules/rules';
import manifest from '../../package.json';
import type { CheckedFinding, CheckedModel } from './checkedModel';

const levels: Readonly<Record<Severity, Result.level>> = {
  error: 'error',
  warning: 'warning',
  information: 'note',
  hint: 'note',
};

/**
 * The findings of all models as a SARIF 2.1.0 log: one run, one result per finding, the layer as a logical location.
 */
export function sarifLog(checked: readonly CheckedModel[]): Log {
  return {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'milliwatt', version: manifest.version, rules: rules.map(descriptor) } },
        results: checked.flatMap((model) => model.findings.map((finding) => resultOf(model, finding))),
      },
    ],
  };
}

function descriptor({ code, documentation, severity }: (typeof rules)[number]): ReportingDescriptor {
  return { id: code, shortDescription: { text: documentation }, defaultConfiguration: { level: levels[severity] } };
}

function resultOf(
  { path, report }: CheckedModel,
  { id, code, severity, message, layer, fixes }: CheckedFinding,
): Result {
  const name = layer === undefined ? undefined : report?.layers[layer].name;
  const logicalLocations =
    name === undefined ? undefined : [{ name, fullyQualifiedName: `${path}/${name}`, kind: 'member' }];
  return {
    ruleId: code,
    level: levels[severity],
    message: { text: message },
    partialFingerprints: { 'milliwattFinding/v1': id },
    locations: [
      {
        physicalLocation: { artifactLocation: { uri: uriOf(path) } },
        ...(logicalLocations && { logicalLocations }),
      },
    ],
    ...(fixes.length > 0 && { fixes: fixes.map(fixOf) }),
  };
}

function fixOf({ title, edits }: FileFix): Fix {
  const files = [...new Set(edits.map(({ file }) => file))];
  return {
    description: { text: title },
    artifactChanges: files.map((file) =>
      changeOf(
        file,
        edits.filter((edit) => edit.file === file),
      ),
    ),
  };
}

/** SARIF counts lines and columns from 1. */
function changeOf(file: string, edits: readonly TextEdit[]): ArtifactChange {
  return {
    artifactLocation: { uri: uriOf(file) },
    replacements: edits.map(({ span, text }) => ({
      deletedRegion: {
        startLine: span.line + 1,
        startColumn: span.column + 1,
        endLine: span.endLine + 1,
        endColumn: span.endColumn + 1,
      },
      insertedContent: { text },
    })),
  };
}

function uriOf(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}
