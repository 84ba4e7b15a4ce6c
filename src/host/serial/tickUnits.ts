import * as vscode from 'vscode';
import type { TickChoice } from '../../core/serial/profileUnit';
import type { MonitorMemory } from './memory';

/** What users said of the ticks of firmware that does not say it itself: by port, over a reload of the window. */
export class TickUnits {
  readonly #memory: Pick<MonitorMemory, 'tickUnits' | 'keepTickUnits'>;
  readonly #emitter = new vscode.EventEmitter<string>();
  /** Tells the address. */
  readonly onDidChange = this.#emitter.event;

  constructor(memory: Pick<MonitorMemory, 'tickUnits' | 'keepTickUnits'>) {
    this.#memory = memory;
  }

  of(address: string): TickChoice | undefined {
    return this.#memory.tickUnits.find(([known]) => known === address)?.[1];
  }

  /** Without a choice, ticks are again what the profile says or lets infer. */
  set(address: string, choice: TickChoice | undefined): void {
    const others = this.#memory.tickUnits.filter(([known]) => known !== address);
    this.#memory.keepTickUnits(choice === undefined ? others : [...others, [address, choice]]);
    this.#emitter.fire(address);
  }

  dispose(): void {
    this.#emitter.dispose();
  }
}
