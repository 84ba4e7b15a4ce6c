/** What was found in the folders of a window, by paths as people read them. */
interface FoundAround {
  readonly models: readonly string[];
  /** Sources of firmware with something to say, and the first thing that is said. */
  readonly sources: readonly { readonly file: string; readonly says: string; readonly problems: number }[];
  /** What the project of the first of them is built for, as far as its files say: `board esp32_devkit`. */
  readonly target: readonly string[];
}

/** Something that is here, or that can be done instead, as a row to pick. */
export interface AroundRow {
  readonly label: string;
  readonly detail: string;
  readonly does:
    | { readonly kind: 'model'; readonly index: number }
    | { readonly kind: 'source'; readonly index: number }
    | { readonly kind: 'command'; readonly command: 'takeProposedTarget' | 'chooseBoard' | 'openModel' | 'openSample' };
}

/** What picking each thing that is here would do; the sample only where there is nothing of the user's own. */
export function aroundRows({ models, sources, target }: FoundAround): readonly AroundRow[] {
  const rows: readonly AroundRow[] = [
    ...models.map((path, index): AroundRow => {
      const detail = 'A model: opens the cost of its layers in RAM, flash and time';
      return { label: `$(circuit-board) ${path}`, detail, does: { kind: 'model', index } };
    }),
    ...sources.map(({ file, says, problems }, index): AroundRow => {
      const found = problems === 0 ? '' : ` · ${problems} ${problems === 1 ? 'problem' : 'problems'}`;
      return { label: `$(file-code) ${file}`, detail: `Firmware: ${says}${found}`, does: { kind: 'source', index } };
    }),
  ];
  if (rows.length === 0) {
    const browse = 'No model and no firmware that runs one was found in the folders of this window';
    const sample = 'Handwritten digits, with every figure, as it would be for your model';
    return [
      { label: '$(folder-opened) Open a model…', detail: browse, does: { kind: 'command', command: 'openModel' } },
      { label: '$(beaker) Open the sample model', detail: sample, does: { kind: 'command', command: 'openSample' } },
    ];
  }
  const board: AroundRow =
    target.length === 0
      ? {
          label: '$(chip) Choose a board…',
          detail: 'No build file says for which board: figures have no budget until one is chosen',
          does: { kind: 'command', command: 'chooseBoard' },
        }
      : {
          label: `$(chip) ${target.join(', ')}`,
          detail: 'The project is built for this: takes it into milliwatt.json, where you can change it',
          does: { kind: 'command', command: 'takeProposedTarget' },
        };
  return [...rows, board];
}
