import type { ArtifactChange, Fix, Log, Region, ReportingDescriptor, Result } from 'sarif';
import type { FirmwareFinding } from '../core/firmwareRules/firmwareProblems';
import { firmwareRules } from '../core/firmwareRules/firmwareRules';
import type { FileFix, Severity, TextEdit } from '../core/model/problem';
import type { Span } from '../core/model/span';
import { rules } from '../core/rules/rules';
import manifest from '../../package.json';
import type { CheckedFinding, CheckedModel } from './checkedModel';
import type { CheckedFolder } from './checkFolder';
import { findingPlace } from './findingPlace';

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
  return logOf(
    rules,
    checked.flatMap((model) => model.findings.map((finding) => resultOf(model, finding))),
  );
}

/** The findings about a folder: of its firmware, and of its models, each at its place in a source. */
export function folderSarifLog({ models, findings }: Pick<CheckedFolder, 'models' | 'findings'>): Log {
  const ofModels = models.flatMap(({ path, array, report }) =>
    (report?.findings ?? []).map((finding) => {
      const name = array === undefined ? path : `${path}#${array}`;
      return resultOf({ path: name, report, findings: [] }, { ...finding, fixes: finding.fixes ?? [] });
    }),
  );
  return logOf(ofModels.length === 0 ? firmwareRules : [...firmwareRules, ...rules], [
    ...firmwareResults(findings),
    ...ofModels,
  ]);
}

function firmwareResults(findings: readonly FirmwareFinding[]): Result[] {
  return findings.map(({ code, severity, message, file, cell, span, fixes }) => ({
    ruleId: code,
    level: levels[severity],
    message: { text: message },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: uriOf(file) },
          // Lines of a cell are none of its file.
          ...(cell === undefined && { region: regionOf(span) }),
        },
      },
    ],
    ...(fixes.length > 0 && { fixes: fixes.map(fixOf) }),
  }));
}

function logOf(known: readonly KnownRule[], results: Result[]): Log {
  return {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'milliwatt', version: manifest.version, rules: known.map(descriptor) } },
        results,
      },
    ],
  };
}

interface KnownRule {
  readonly code: string;
  readonly documentation: string;
  readonly severity: Severity;
}

function descriptor({ code, documentation, severity }: KnownRule): ReportingDescriptor {
  return { id: code, shortDescription: { text: documentation }, defaultConfiguration: { level: levels[severity] } };
}

function resultOf(
  { path, report }: CheckedModel,
  { id, code, severity, message, layer, origin, fixes }: CheckedFinding,
): Result {
  const { file, span } = findingPlace(path, origin);
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
        physicalLocation: { artifactLocation: { uri: uriOf(file) }, ...(span && { region: regionOf(span) }) },
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

function changeOf(file: string, edits: readonly TextEdit[]): ArtifactChange {
  return {
    artifactLocation: { uri: uriOf(file) },
    replacements: edits.map(({ span, text }) => ({
      deletedRegion: regionOf(span),
      insertedContent: { text },
    })),
  };
}

/** SARIF counts lines and columns from 1. */
function regionOf(span: Span): Region {
  return {
    startLine: span.line + 1,
    startColumn: span.column + 1,
    endLine: span.endLine + 1,
    endColumn: span.endColumn + 1,
  };
}

function uriOf(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}
