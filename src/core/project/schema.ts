import base from '../../../media/milliwatt.schema.json';
import { boards } from '../boards/boards';
import { rules } from '../rules/rules';
import { runtimes } from '../runtimes/runtimes';
import { hertzText } from '../text/units';

/** Own ids first, so that they are offered first; then the names of other tools. */
const boardChoices = [
  ...boards.map((board) => ({ name: board.id, board })),
  ...boards.flatMap((board) => (board.aliases ?? []).map((name) => ({ name, board }))),
];

const boardDescriptions = boardChoices.map(
  ({ board: { name, mcu, core, clockHz } }) => `${name}: ${mcu}, ${core}, ${hertzText(clockHz.value)}`,
);

/**
 * The JSON schema of `milliwatt.json`: the static part, with boards, runtimes and rules from the tables, so that a new
 * one is offered without a change here.
 */
export const projectSchema = {
  ...base,
  definitions: {
    ...base.definitions,
    board: {
      ...base.definitions.board,
      enum: boardChoices.map(({ name }) => name),
      enumDescriptions: boardDescriptions,
    },
    runtime: {
      ...base.definitions.runtime,
      enum: runtimes.map(({ id }) => id),
      enumDescriptions: runtimes.map(({ name }) => name),
    },
  },
  properties: {
    ...base.properties,
    rules: {
      ...base.properties.rules,
      properties: Object.fromEntries(
        rules.map(({ code, documentation }) => [
          code,
          { ...base.properties.rules.additionalProperties, markdownDescription: documentation },
        ]),
      ),
    },
  },
};
