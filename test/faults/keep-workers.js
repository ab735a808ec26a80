/** In the page, before its scripts: keeps the workers that it starts, as any third party's script could. */
const workers = /** @type {Worker[]} */ ([]);

globalThis.Worker = class extends Worker {
  /** @param {ConstructorParameters<typeof Worker>} args - As for any worker. */
  constructor(...args) {
    super(...args);
    workers.push(this);
  }
};
Object.assign(globalThis, { workers });
