// Stands in for the analysis thread: what it does with a question is the name of the file that is asked about.
const { parentPort, workerData } = require('node:worker_threads');

const isStopped = () => Atomics.load(workerData.stopFlag, 0) !== 0;
const replies = {
  analyse: { type: 'analysis', analysis: 'answered' },
  measure: { type: 'measured', outcome: 'answered' },
  tensorRange: { type: 'tensorRange', range: 'answered' },
  manners: { type: 'manners', comparison: 'answered' },
  offers: { type: 'offers', offers: 'answered' },
};

parentPort.on('message', ({ rpc, id, message }) => {
  if (rpc !== 'request') return;
  const path = (message.request?.path ?? message.path).split('/').at(-1);
  if (path === 'deaf') for (;;);
  if (path === 'dies') process.exit(3);
  if (path === 'throws') throw new Error('out of order');
  if (path === 'hears') {
    while (!isStopped());
    parentPort.postMessage({ rpc: 'failure', id, failure: { message: 'stopped', cancelled: true } });
    return;
  }
  parentPort.postMessage({ rpc: 'reply', id, value: replies[message.type] });
});
