/** What is being written to the board. */
export interface InputState {
  readonly kind: 'text' | 'hex';
  readonly text: string;
  /** The newest last. */
  readonly history: readonly string[];
  /** Index into the history while it is being walked through; `draft` is what had been typed before. */
  readonly at?: number;
  readonly draft: string;
}

export type InputEvent =
  | { readonly type: 'typed'; readonly text: string }
  /** `text` was sent: it goes to the end of the history. */
  | { readonly type: 'sent'; readonly text: string }
  /** One step to older (-1) or newer (1) lines. */
  | { readonly type: 'recall'; readonly by: 1 | -1 }
  | { readonly type: 'inputKind'; readonly kind: InputState['kind'] };

const mostKept = 200;

export const initialInput: InputState = { kind: 'text', text: '', history: [], draft: '' };

export function reduceInput(input: InputState, event: InputEvent): InputState {
  switch (event.type) {
    case 'typed':
      return { ...input, text: event.text, at: undefined };
    case 'sent':
      return { ...afterSending(input, event.text), history: remembered(input.history, event.text) };
    case 'recall':
      return recalled(input, event.by);
    case 'inputKind':
      return { ...input, kind: event.kind };
  }
}

/** What was typed while the line was on its way stays. */
function afterSending(input: InputState, sent: string): InputState {
  return input.text === sent ? { ...input, text: '', draft: '', at: undefined } : input;
}

/** A line that was sent before moves to the end. */
function remembered(history: readonly string[], text: string): readonly string[] {
  if (text === '') return history;
  return [...history.filter((line) => line !== text), text].slice(-mostKept);
}

/** Newer than the newest is what had been typed; older than the oldest stays there. */
function recalled(input: InputState, by: 1 | -1): InputState {
  const { history, at } = input;
  const next = (at ?? history.length) + by;
  if (next < 0 || history.length === 0 || (at === undefined && by > 0)) return input;
  const draft = at === undefined ? input.text : input.draft;
  if (next >= history.length) return { ...input, at: undefined, text: draft, draft };
  return { ...input, at: next, text: history[next], draft };
}
