import * as vscode from 'vscode';
import { portsFor, UploadPatterns } from '../../serial/uploads';
import { Disposables } from '../disposables';
import type { Log } from '../log';
import type { MonitorSettings } from '../settings';
import type { Monitor } from './monitor';
import type { MonitorTab } from './monitorTab';

/** A task, a command in a terminal, or an extension that uploads. */
type Uploader = object;

/**
 * Gives ports to uploads and takes them back: when a task or a command in a terminal starts that a pattern of the
 * settings knows, and ends again. Only what was given here is taken back here.
 */
export class Uploads {
  readonly #monitor: Monitor;
  readonly #settings: () => MonitorSettings;
  readonly #log: Log;
  readonly #disposables = new Disposables();
  /** Who has which tabs. */
  readonly #given = new Map<Uploader, readonly MonitorTab[]>();
  #patterns?: { readonly key: string; readonly patterns: UploadPatterns };
  readonly #terminals = new Map<vscode.Terminal, Set<Uploader>>();

  constructor(monitor: Monitor, settings: () => MonitorSettings, log: Log) {
    this.#monitor = monitor;
    this.#settings = settings;
    this.#log = log;
    const { tasks, window } = vscode;
    this.#disposables.add(tasks.onDidStartTask(({ execution }) => this.#taskStarted(execution)));
    this.#disposables.add(tasks.onDidEndTask(({ execution }) => this.#ended(execution)));
    this.#disposables.add(
      window.onDidStartTerminalShellExecution(({ execution, terminal }) => {
        if (!this.#started(execution, execution.commandLine.value)) return;
        this.#terminals.set(terminal, (this.#terminals.get(terminal) ?? new Set()).add(execution));
      }),
    );
    this.#disposables.add(window.onDidEndTerminalShellExecution(({ execution }) => this.#ended(execution)));
    this.#disposables.add(
      window.onDidCloseTerminal((terminal) => {
        for (const execution of this.#terminals.get(terminal) ?? []) this.#ended(execution);
        this.#terminals.delete(terminal);
      }),
    );
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  #taskStarted(execution: vscode.TaskExecution): void {
    this.#started(execution, taskText(execution.task));
  }

  #started(uploader: Uploader, commandLine: string): boolean {
    if (!this.#patternsNow().matches(commandLine)) return false;
    const open = this.#monitor.tabs.filter(isGivable);
    const addresses = portsFor(
      commandLine,
      open.map(({ address }) => address),
    );
    const given = open.filter(({ address }) => addresses.includes(address));
    if (given.length === 0) return false;
    this.#given.set(uploader, given);
    this.#log.info(`${given.map(({ address }) => address).join(', ')} released for "${shortenLine(commandLine)}".`);
    for (const tab of given) {
      const message = `${tab.title} is given to "${shortenLine(commandLine)}" and taken back when that ends.`;
      void tab.connection.release(message);
    }
    return true;
  }

  /** Rebuilt when the setting changes, so that what is wrong with a pattern is said once. */
  #patternsNow(): UploadPatterns {
    const sources = this.#settings().uploadPatterns;
    const key = JSON.stringify(sources);
    if (this.#patterns?.key === key) return this.#patterns.patterns;
    const patterns = new UploadPatterns(sources, (sentence) => this.#log.warn(sentence));
    for (const problem of patterns.problems) this.#log.warn(problem);
    this.#patterns = { key, patterns };
    return patterns;
  }

  #ended(uploader: Uploader): void {
    const given = this.#given.get(uploader) ?? [];
    this.#given.delete(uploader);
    const others = [...this.#given.values()].flat();
    // Nothing happens to a tab that the user has opened or closed meanwhile: only a released port is taken back.
    for (const tab of given) if (!others.includes(tab)) void tab.connection.takeBack();
  }
}

/** Only a port of this machine is needed by an upload. */
function isGivable({ sourceId, connection }: MonitorTab): boolean {
  return sourceId === 'serial' && ['open', 'waiting', 'opening', 'released'].includes(connection.state.phase);
}

/** What a task runs, as far as it says: the command line, else its name. */
function taskText({ execution, name, source, definition }: vscode.Task): string {
  const about = `${source} ${name} ${Object.values(definition).filter(isText).join(' ')}`;
  if (execution instanceof vscode.ShellExecution) {
    const words = [execution.command, ...(execution.args ?? [])].filter((word) => word !== undefined);
    return execution.commandLine ?? words.map((word) => (typeof word === 'string' ? word : word.value)).join(' ');
  }
  if (execution instanceof vscode.ProcessExecution) return [execution.process, ...execution.args].join(' ');
  return about;
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function shortenLine(commandLine: string): string {
  const line = commandLine.replace(/\s+/g, ' ').trim();
  return line.length <= 60 ? line : `${line.slice(0, 57)}…`;
}
