/**
 * In the worker, before the library's: destroys the GPU device in the middle of a real job, as many
 * times as `?times=` says. The first buffer larger than anything of the known-answer test tells
 * that a real job has begun; the device goes as soon as that job is submitted. Each loss is told on
 * the channel `lose-gpu`.
 */
const REAL_JOB_BYTES = 200_000;

let left = Number(new URL(import.meta.url).searchParams.get('times'));

/**
 * @param {GPUDevice} device - Opened by the library.
 * @returns {GPUDevice} The same, which destroys itself in its first real job.
 */
function doomed(device) {
  let isAtWork = false;
  const createBuffer = device.createBuffer.bind(device);
  device.createBuffer = (descriptor) => {
    isAtWork ||= descriptor.size > REAL_JOB_BYTES;
    return createBuffer(descriptor);
  };
  const submit = device.queue.submit.bind(device.queue);
  device.queue.submit = (commands) => {
    submit(commands);
    if (!isAtWork || left === 0) return;
    left -= 1;
    isAtWork = false;
    device.destroy();
    new BroadcastChannel('lose-gpu').postMessage('lost');
  };
  return device;
}

const { gpu } = navigator;
const requestAdapter = gpu.requestAdapter.bind(gpu);
gpu.requestAdapter = async (options) => {
  const adapter = await requestAdapter(options);
  if (adapter === null) return null;
  const requestDevice = adapter.requestDevice.bind(adapter);
  adapter.requestDevice = async (descriptor) => doomed(await requestDevice(descriptor));
  return adapter;
};
