import * as vscode from 'vscode';
import { CancelledError } from '../../protocol/rpc';
import { Disposables } from '../disposables';
import type { Disposable } from '../disposables';
import { failureSentence } from '../log';
import { commandIds, internalCommandIds } from './commandIds';
import type { CommandServices } from './services';

/** Registers all commands; what they do is loaded with the first one. A failure becomes a message with a sentence for people. */
export function registerCommands(services: CommandServices): Disposable {
  const disposables = new Disposables();
  for (const id of [...commandIds, ...internalCommandIds]) {
    disposables.add(
      vscode.commands.registerCommand(id, async (...values: unknown[]) => {
        try {
          const { commandHandlers } = await import('../later');
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
