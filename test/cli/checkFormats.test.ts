import { githubText, markdownReport } from '../../src/cli/checkFormats';
import type { CheckReport } from '../../src/cli/checkFormats';
import type { Report } from '../../src/core/estimate/report';
import { check } from '../support/check';
import { reportOf } from '../webview/model/pages';

const report = (arenaBytes: number, more: Partial<Report> = {}): Report =>
  reportOf({
    arena: {
      basis: 'exact',
      minimumBytes: arenaBytes,
      usedBytes: arenaBytes,
      plannedBytes: arenaBytes,
      persistentBytes: 0,
      scratchBytes: 0,
    },
    flash: { modelBytes: 2000, totalBytes: 2048, basis: 'exact' },
    ...more,
  });
const finding = { file: 'src/main.cc', severity: 'error', code: 'firmware-arena-too-small' } as const;

check('check as annotations of GitHub', githubText, [
  { name: 'nothing', input: { models: [], findings: [] }, expected: '' },
  {
    name: 'with place and code',
    input: { models: [], findings: [{ ...finding, line: 6, message: 'It has 50 % of what it needs.' }] },
    expected: '::error file=src/main.cc,line=6,title=firmware-arena-too-small::It has 50 %25 of what it needs.\n',
  },
  {
    name: 'names and texts that would be orders',
    input: {
      models: [],
      findings: [{ ...finding, severity: 'hint', file: 'a,line=9:b.cc', message: 'x\n::error::forged' }],
    },
    expected: '::notice file=a%2Cline=9%3Ab.cc,title=firmware-arena-too-small::x\\n::error::forged\n',
  },
]);

const heading = '### Milliwatt\n\n| model | RAM | flash | time | fits |\n| --- | ---: | ---: | ---: | --- |\n';

check('check as a summary in Markdown', (input: CheckReport) => markdownReport(input), [
  { name: 'nothing', input: { models: [], findings: [] }, expected: '### Milliwatt\n\nNo model was found.\n' },
  {
    name: 'costs against the budget, and what changed',
    input: {
      models: [
        {
          name: 'kws.tflite',
          report: report(3072, {
            budget: { ramBytes: 4096, flashBytes: 4096, latencyMs: 40, fits: true },
            latency: { basis: 'modelled', ms: 10 },
          }),
          before: report(2048),
        },
        { name: 'new.tflite', report: report(1024, { budget: { fits: false } }) },
        { name: 'cut.tflite' },
      ],
      findings: [],
    },
    expected:
      `${heading}| \`kws.tflite\` | 3.00 KB (75 %), **+1.00 KB** | 2.00 KB (50 %), unchanged | 10.0 ms (25 %) | yes |\n` +
      '| `new.tflite` | 1.00 KB | 2.00 KB | - | **no** |\n| `cut.tflite` | - | - | - | cannot be read |\n',
  },
  {
    name: 'findings, whose names and texts are text',
    input: {
      models: [{ name: 'a|`b', report: report(1024) }],
      findings: [{ ...finding, line: 6, message: '<img src=x> ![x](y)' }],
    },
    expected:
      `${heading}| \`a\\|'b\` | 1.00 KB | 2.00 KB | - | - |\n\n` +
      '- **error** `src/main.cc:6` \\<img src=x\\> \\!\\[x\\](y) (`firmware-arena-too-small`)\n',
  },
]);
