import * as vscode from 'vscode';
import type { ProjectKey, SettingKey } from '../core/project/trust';
import { projectTrust, settingTrust } from '../core/project/trust';

/** The value of a setting that holds: of a workspace without trust only what it may say (`core/project/trust`). */
// The caller names the type that package.json declares, as for `configuration.get`.
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters
export function settingOf<Value>(configuration: vscode.WorkspaceConfiguration, key: SettingKey): Value | undefined {
  if (vscode.workspace.isTrusted || settingTrust[key] === 'shown') return configuration.get<Value>(key);
  const { globalValue, defaultValue } = configuration.inspect<Value>(key) ?? {};
  return globalValue ?? defaultValue;
}

/** Whether a place that `milliwatt.json` names under a key may be gone to. */
export function isFollowed(key: ProjectKey): boolean {
  return vscode.workspace.isTrusted || projectTrust[key] === 'shown';
}
