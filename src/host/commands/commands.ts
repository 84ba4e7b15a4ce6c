import * as vscode from 'vscode';
import { CancelledError } from '../../protocol/rpc';
import { Disposables } from '../disposables';
import type { Disposable } from '../disposables';
import { failureSentence } from '../log';
import { commandIds, internalCommandIds } from './commandIds';
import type { CommandHandler, CommandServices } from './services';

/** What commands do, loaded with the first one. */
type LoadHandlers = () => Promise<{ readonly commandHandlers: Readonly<Record<string, CommandHandler>> }>;

/**
 * Registers all commands; what they do is loaded with the first one. A failure becomes a message with a sentence for
 * people.
 */
export function registerCommands(services: CommandServices, load: LoadHandlers): Disposable {
  const disposables = new Disposables();
  for (const id of [...commandIds, ...internalCommandIds]) {
    disposables.add(
      vscode.commands.registerCommand(id, async (...values: unknown[]) => {
        try {
          const { commandHandlers } = await load();
          await commandHandlers[id](services, ...values);
        } catch (error) {
          if (error instanceof CancelledError) return;
          void vscode.window.showErrorMessage(failureSentence(error, services.log));
        }
      }),
    );
  }
  return disposables;
}
