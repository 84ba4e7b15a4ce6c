import { mostJsonLevels } from '../text/jsonNesting';

export const tooDeepSentence = `milliwatt.json has objects and lists more than ${mostJsonLevels} deep in one another, and is not read. Correct it there.`;
