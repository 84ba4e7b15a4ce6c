import { aroundRows } from '../../src/host/commands/aroundRows';
import { check } from '../support/check';

type FoundAround = Parameters<typeof aroundRows>[0];

const nothing: FoundAround = { models: [], sources: [], target: [] };

function shown(found: Partial<FoundAround>): readonly string[] {
  return aroundRows({ ...nothing, ...found }).map(({ label, detail, does }) => {
    return `${label} | ${detail} | ${does.kind === 'command' ? does.command : `${does.kind} ${does.index}`}`;
  });
}

check('what is here', shown, [
  {
    name: 'nothing: another model, and the sample',
    input: {},
    expected: [
      '$(folder-opened) Open a model… | No model and no firmware that runs one was found in the folders of this window | openModel',
      '$(beaker) Open the sample model | Handwritten digits, with every figure, as it would be for your model | openSample',
    ],
  },
  {
    name: 'a model and firmware, built for a board',
    input: {
      models: ['a.tflite'],
      sources: [
        { file: 'src/main.cpp', says: 'needs 2,000 of 1,024 bytes', problems: 2 },
        { file: 'src/b.cpp', says: 'fits', problems: 0 },
      ],
      target: ['board esp32_devkit', 'optimization Os'],
    },
    expected: [
      '$(circuit-board) a.tflite | A model: opens the cost of its layers in RAM, flash and time | model 0',
      '$(file-code) src/main.cpp | Firmware: needs 2,000 of 1,024 bytes · 2 problems | source 0',
      '$(file-code) src/b.cpp | Firmware: fits | source 1',
      '$(chip) board esp32_devkit, optimization Os | The project is built for this: takes it into milliwatt.json, where you can change it | takeProposedTarget',
    ],
  },
  {
    name: 'firmware with one problem, and no word about a board',
    input: { sources: [{ file: 'm.ino', says: 'unaligned', problems: 1 }] },
    expected: [
      '$(file-code) m.ino | Firmware: unaligned · 1 problem | source 0',
      '$(chip) Choose a board… | No build file says for which board: figures have no budget until one is chosen | chooseBoard',
    ],
  },
]);
