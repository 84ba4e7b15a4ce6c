import * as vscode from 'vscode';
import type { BudgetChoice, RuleChoice, TargetChoice } from '../core/analysis/analysis';
import { conversionValue } from '../core/formats/programChoice';
import type { ConversionChoice, ConversionKey } from '../core/formats/programChoice';
import type { ChoiceLayer } from '../core/project/layers';
import type { SettingKey } from '../core/project/trust';
import type { CompressionKind } from '../core/compress/kind';
import type { EdgeLayout } from '../core/compress/tflm/channelsLast';
import type { TimestampMode } from '../protocol/monitorState';
import type { LineEnding } from '../protocol/serialPort';
import { settingOf } from './trust';

/** How costs are shown beside lines. */
type Annotations = 'inlayHints' | 'decorations' | 'off';

/** The settings `milliwatt.*` as they hold for one resource. What is not set is absent. */
interface Settings {
  /** What they say about the model. */
  readonly layer: ChoiceLayer;
  readonly annotations: Annotations;
  readonly codeLens: boolean;
  /** Arrays are written again when the file that they are made from changes. */
  readonly updatesArrays: boolean;
  /** The same for exported sources. */
  readonly updatesExports: boolean;
}

/** The settings `milliwatt.monitor.*`. */
export interface MonitorSettings {
  readonly baudRate: number;
  readonly timestamps: TimestampMode;
  readonly lineEnding: LineEnding;
  /** Whether a log begins with each connection. */
  readonly autoLog: 'off' | 'bytes' | 'times';
  /** As written; empty: the workspace's own place. Not read while the workspace is not trusted. */
  readonly logFolder: string;
  /** 0: one file, however large. */
  readonly logRotateMegabytes: number;
  /** Regular expressions of command lines that need the port for themselves. */
  readonly uploadPatterns: readonly unknown[];
  readonly restoreConnections: boolean;
}

/** The settings of compressions. */
interface CompressionSettings {
  /** Samples that are used at most. */
  readonly mostSamples: number;
  /** How inputs and outputs of ONNX files lie in results. */
  readonly layout: EdgeLayout;
  /** Where `@tensorflow/tfjs-node` is; not read while the workspace is not trusted. */
  readonly tfjsNodePath?: string;
}

/** Keys of `milliwatt.*` that are passed on as keys of the target, named as for `--set`. */
const targetKeys = [
  'tflmVersion',
  'optimization',
  'clockHz',
  'arenaRegion',
  'weightsRegion',
  'resourceVariableSlots',
] as const;

type SettingsScope = vscode.Uri | undefined;

/** The only reader and writer of settings. */
export class SettingsReader {
  readonly onDidChange: vscode.Event<void>;
  readonly #emitter = new vscode.EventEmitter<void>();
  readonly #subscription: vscode.Disposable;

  constructor() {
    this.onDidChange = this.#emitter.event;
    this.#subscription = vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('milliwatt')) this.#emitter.fire();
    });
  }

  /** The settings for a model: those of its workspace folder where it lies in one. */
  read(scope: SettingsScope): Settings {
    const configuration = vscode.workspace.getConfiguration('milliwatt', scope);
    return {
      layer: layerFrom(configuration),
      annotations: settingOf<Annotations>(configuration, 'annotations') ?? 'inlayHints',
      codeLens: settingOf<boolean>(configuration, 'codeLens.enabled') ?? true,
      updatesArrays: settingOf<boolean>(configuration, 'firmware.updateArrays') ?? false,
      updatesExports: settingOf<boolean>(configuration, 'firmware.updateExports') ?? false,
    };
  }

  /** The settings of the serial monitor. */
  readMonitor(): MonitorSettings {
    const configuration = vscode.workspace.getConfiguration('milliwatt');
    return {
      baudRate: settingOf<number>(configuration, 'monitor.baudRate') ?? 115_200,
      timestamps: settingOf<TimestampMode>(configuration, 'monitor.timestamps') ?? 'off',
      lineEnding: settingOf<LineEnding>(configuration, 'monitor.lineEnding') ?? 'lf',
      autoLog: settingOf<MonitorSettings['autoLog']>(configuration, 'monitor.autoLog') ?? 'off',
      logFolder: settingOf<string>(configuration, 'monitor.logFolder') ?? '',
      logRotateMegabytes: settingOf<number>(configuration, 'monitor.logRotateMegabytes') ?? 0,
      uploadPatterns: listOf(settingOf<unknown>(configuration, 'monitor.uploadPatterns')),
      restoreConnections: settingOf<boolean>(configuration, 'monitor.restoreConnections') ?? true,
    };
  }

  /** The settings of compressions of a model. */
  readCompression(scope: SettingsScope): CompressionSettings {
    const configuration = vscode.workspace.getConfiguration('milliwatt', scope);
    return {
      layout: settingOf<EdgeLayout>(configuration, 'onnx.layout') === 'file' ? 'file' : 'nhwc',
      tfjsNodePath: settingOf<string>(configuration, 'tfjsNodePath') || undefined,
      mostSamples: Math.max(2, Math.floor(settingOf<number>(configuration, 'calibration.maxSamples') ?? 500)),
    };
  }

  /** What `milliwatt.<kind>.*` says about the options of a compression of a model. */
  readOptions(scope: SettingsScope, { id, settings }: CompressionKind): object {
    const configuration = vscode.workspace.getConfiguration('milliwatt', scope);
    // An untrusted folder cannot set a key without a row in the table.
    const valueOf = (key: string): unknown => settingOf(configuration, `${id}.${key}` as SettingKey);
    return Object.fromEntries(settings.map((key) => [key, valueOf(key)]));
  }

  /** What names the addresses of a crash; absent where it is not set. */
  readFirmware(): { readonly elf?: string; readonly addr2line?: string } {
    const configuration = vscode.workspace.getConfiguration('milliwatt');
    const elf = settingOf<string>(configuration, 'firmware.elf') || undefined;
    const addr2line = settingOf<string>(configuration, 'firmware.addr2line') || undefined;
    return { ...(elf === undefined ? {} : { elf }), ...(addr2line === undefined ? {} : { addr2line }) };
  }

  /** Stores a choice where it belongs: with the model's folder, else with the workspace, else with the user. */
  async store(key: 'board' | 'runtime', value: string | undefined, scope: SettingsScope): Promise<SettingsPlace> {
    const folder = scope && vscode.workspace.getWorkspaceFolder(scope);
    const place = settingsPlaceOf(folder);
    const configuration = vscode.workspace.getConfiguration('milliwatt', scope);
    await configuration.update(key, value, targetOfPlace[place]);
    return place;
  }

  /** Stores a choice as the user's own, for all workspaces. */
  async storeForUser(key: 'board' | 'runtime', value: string | undefined): Promise<void> {
    await vscode.workspace.getConfiguration('milliwatt').update(key, value, vscode.ConfigurationTarget.Global);
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#emitter.dispose();
  }
}

type SettingsPlace = 'folder' | 'workspace' | 'user';

const targetOfPlace: Readonly<Record<SettingsPlace, vscode.ConfigurationTarget>> = {
  folder: vscode.ConfigurationTarget.WorkspaceFolder,
  workspace: vscode.ConfigurationTarget.Workspace,
  user: vscode.ConfigurationTarget.Global,
};

function settingsPlaceOf(folder: vscode.WorkspaceFolder | undefined): SettingsPlace {
  if (folder === undefined) return 'user';
  return vscode.workspace.workspaceFile === undefined ? 'workspace' : 'folder';
}

function layerFrom(configuration: vscode.WorkspaceConfiguration): ChoiceLayer {
  return {
    origin: 'setting',
    values: {
      target: targetFrom(configuration),
      budget: settingOf<BudgetChoice>(configuration, 'budgets'),
      rules: settingOf<RuleChoice>(configuration, 'rules'),
      overheads: settingOf<readonly string[]>(configuration, 'overheads'),
      conversion: conversionFrom(configuration),
    },
  };
}

function targetFrom(configuration: vscode.WorkspaceConfiguration): TargetChoice {
  const settings: Record<string, string | number | boolean> = {};
  for (const key of targetKeys) {
    const value = settingOf<string | number | null>(configuration, key);
    if (value !== undefined && value !== null && value !== '') settings[key] = value;
  }
  return {
    board: settingOf<string>(configuration, 'board'),
    runtime: settingOf<string>(configuration, 'runtime'),
    settings,
  };
}

/** How programs are converted; a setting says "project" where the project is to say it. */
function conversionFrom(configuration: vscode.WorkspaceConfiguration): ConversionChoice {
  const valueOf = (setting: SettingKey, key: ConversionKey): string | number | undefined =>
    conversionValue(key, settingOf<string | number>(configuration, setting) ?? 'project');
  const said = {
    numbers: valueOf('conversion.numbers', 'numbers'),
    inputType: valueOf('conversion.inputType', 'inputType'),
    outputType: valueOf('conversion.outputType', 'outputType'),
    batch: valueOf('conversion.batch', 'batch'),
    withKeras: valueOf('conversion.withKeras', 'withKeras'),
  };
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
}

/** A settings file may hold anything. */
function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
