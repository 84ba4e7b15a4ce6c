import * as vscode from 'vscode';
import { firmwarePatterns } from '../../core/analysis/firmwareFiles';
import { buildFilePattern } from '../../core/buildFiles/fileNames';
import type { Disposable } from '../disposables';
import { Disposables } from '../disposables';
import { rangeOf } from '../places';
import type { SettingsReader } from '../settings';
import type { firmwareActions, resolvedAction } from './firmwareActions';
import type { exportLenses } from './exportLenses';
import { noteHover } from './firmwareHover';
import { FirmwareProblems } from './firmwareProblems';
import type { Firmwares } from './firmwares';
import { builtLenses } from './modelLinks';

/** What fixes need, loaded when they are asked for first. */
type LoadActions = () => Promise<{
  readonly exportLenses: typeof exportLenses;
  readonly firmwareActions: typeof firmwareActions;
  readonly resolvedAction: typeof resolvedAction;
}>;

const { QuickFix, SourceFixAll } = vscode.CodeActionKind;

/** Everything that an editor says in the sources of a firmware: problems, fixes, hints, hovers. */
export function registerFirmware(firmwares: Firmwares, settings: SettingsReader, load: LoadActions): Disposable {
  const selector: vscode.DocumentSelector = { pattern: firmwarePatterns().sources };
  const all = new Disposables();
  all.add(new FirmwareProblems(firmwares));
  const hints = hintsOf(firmwares, settings);
  all.add(vscode.languages.registerInlayHintsProvider(selector, hints));
  all.add(
    vscode.languages.registerHoverProvider(selector, {
      provideHover: async (document, position) => hoverAt(firmwares, document, position),
    }),
  );
  all.add(
    vscode.languages.registerCodeActionsProvider(
      // Options of a build are mended where they stand.
      [selector, { pattern: buildFilePattern() }],
      {
        provideCodeActions: async (document, _range, context) => {
          const report = await firmwares.reportOf(document.uri);
          if (report === undefined || report.findings.length === 0) return [];
          const { firmwareActions: actions } = await load();
          return [...(await actions(report, context))];
        },
        resolveCodeAction: async (action) => (await load()).resolvedAction(action),
      },
      { providedCodeActionKinds: [QuickFix, SourceFixAll.append('milliwatt')] },
    ),
  );
  all.add(
    vscode.languages.registerCodeLensProvider(selector, {
      onDidChangeCodeLenses: firmwares.onDidChange,
      provideCodeLenses: async (document) => {
        if (!settings.read(document.uri).codeLens) return [];
        const report = await firmwares.reportOf(document.uri);
        const ofArrays = report === undefined ? [] : builtLenses(report.folder, report.links);
        const isExported = document.lineAt(0).text.startsWith('// Milliwatt export ');
        return isExported ? [...ofArrays, ...(await load()).exportLenses(document)] : [...ofArrays];
      },
    }),
  );
  return all;
}

/** What is needed of an arena, and how many operators a resolver has, at the end of their lines. */
function hintsOf(firmwares: Firmwares, settings: SettingsReader): vscode.InlayHintsProvider {
  return {
    onDidChangeInlayHints: firmwares.onDidChange,
    provideInlayHints: async (document, range) => {
      if (settings.read(document.uri).annotations === 'off') return [];
      const notes = (await firmwares.reportOf(document.uri))?.notes ?? [];
      return notes.flatMap(({ hint, span }) => {
        if (hint === undefined || span.line >= document.lineCount) return [];
        const { end } = document.lineAt(span.line).range;
        if (!range.contains(end)) return [];
        const shown = new vscode.InlayHint(end, hint);
        shown.paddingLeft = true;
        return [shown];
      });
    },
  };
}

async function hoverAt(
  firmwares: Firmwares,
  { uri }: vscode.TextDocument,
  position: vscode.Position,
): Promise<vscode.Hover | undefined> {
  const report = await firmwares.reportOf(uri);
  const notes = (report?.notes ?? []).filter(({ span }) => rangeOf(span).contains(position));
  if (report === undefined || notes.length === 0) return undefined;
  return new vscode.Hover(
    notes.map((note) => noteHover(note, report.folder)),
    notes.length === 1 ? rangeOf(notes[0].span) : undefined,
  );
}
