import * as vscode from 'vscode';
import type { FirmwareRule } from '../../core/firmwareRules/rule';
import type { Rule } from '../../core/rules/rule';
import { Disposables } from '../disposables';

const scheme = 'milliwatt-rule';

/** Shows a rule's own documentation, and how to change or silence it, as a Markdown preview. */
export class RuleDocumentation {
  readonly #disposables = new Disposables();

  constructor() {
    const provideTextDocumentContent = ({ path }: vscode.Uri): Promise<string> =>
      ruleText(path.replace(/^\/|\.md$/g, ''));
    this.#disposables.add(vscode.workspace.registerTextDocumentContentProvider(scheme, { provideTextDocumentContent }));
  }

  async show(code: string): Promise<void> {
    const uri = vscode.Uri.from({ scheme, path: `/${code}.md` });
    await vscode.commands.executeCommand('markdown.showPreview', uri);
  }

  dispose(): void {
    this.#disposables.dispose();
  }
}

/** The rules are loaded only here: publishing findings needs none of them. */
async function ruleText(code: string): Promise<string> {
  const { rules } = await import('../../core/rules/rules');
  const rule = rules.find((each) => each.code === code);
  if (rule !== undefined) return knownRule(rule);
  const { firmwareRules } = await import('../../core/firmwareRules/firmwareRules');
  const ofFirmware = firmwareRules.find((each) => each.code === code);
  return ofFirmware === undefined ? unknownRule(code) : firmwareRule(ofFirmware);
}

function firmwareRule({ code, severity, documentation }: FirmwareRule): string {
  return [
    `# ${code}`,
    documentation,
    `Reported as **${severity}** at its place in the source, unless \`rules\` of \`milliwatt.json\` decides otherwise. What is not sure (which model an interpreter runs, whether code is compiled) is left out.`,
  ].join('\n\n');
}

function knownRule({ code, severity, documentation }: Rule): string {
  const example = JSON.stringify({ rules: { [code]: { severity: 'warning', except: ['name of a layer'] } } }, null, 2);
  return [
    `# ${code}`,
    documentation,
    `Reported as **${severity}** unless \`milliwatt.json\` decides otherwise:`,
    `\`\`\`json\n${example}\n\`\`\``,
    'A severity is `error`, `warning`, `information`, `hint` or `off`. Layers are excepted by their name in the listing.',
  ].join('\n\n');
}

function unknownRule(code: string): string {
  return [
    `# ${code}`,
    'This is not a rule with a severity of its own: it says something about reading the file or about the chosen target.',
  ].join('\n\n');
}
