// Stands in for the thread of a job: it dies, throws, is deaf or stops at the stage that the model's path names.
const { parentPort, workerData } = require('node:worker_threads');

const stages = ['Reading samples', 'Calibrating', 'Searching', 'Fine-tuning', 'Proving'];

parentPort.on('message', ({ rpc, id, message }) => {
  if (rpc !== 'request') return;
  const [how, at] = message.request.path.split(' at ');
  for (const stage of stages) {
    parentPort.postMessage({ rpc: 'notice', message: { type: 'progress', progress: { stage, share: 0 } } });
    if (stage !== at) continue;
    // What was told before has to be heard before.
    setTimeout(() => {
      if (how === 'dies') process.exit(9);
      if (how === 'throws') throw new Error('out of order');
      if (how === 'hears') while (Atomics.load(workerData.cancelFlag, 0) === 0);
      if (how === 'is deaf') for (;;);
      parentPort.postMessage({ rpc: 'failure', id, failure: { message: 'stopped', cancelled: true } });
    }, 20);
    return;
  }
  parentPort.postMessage({ rpc: 'reply', id, value: { type: 'run', outputs: [] } });
});
