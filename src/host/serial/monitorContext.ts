import * as vscode from 'vscode';
import { Disposables } from '../disposables';
import type { Monitor } from './monitor';

/** Keeps the context keys by which menus and keys know what the chosen tab can do. */
export class MonitorContext {
  readonly #monitor: Monitor;
  readonly #disposables = new Disposables();
  #kept = '';

  constructor(monitor: Monitor) {
    this.#monitor = monitor;
    this.#disposables.add(monitor.onDidChangeTab(() => this.#keep()));
    this.#disposables.add(monitor.onDidCloseTab(() => this.#keep()));
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  #keep(): void {
    const phase = this.#monitor.chosen?.connection.state.phase ?? 'none';
    const isLogging = this.#monitor.chosen?.log !== undefined;
    if (`${phase} ${isLogging}` === this.#kept) return;
    this.#kept = `${phase} ${isLogging}`;
    void vscode.commands.executeCommand('setContext', 'milliwatt.monitor.phase', phase);
    void vscode.commands.executeCommand('setContext', 'milliwatt.monitor.isLogging', isLogging);
  }
}
