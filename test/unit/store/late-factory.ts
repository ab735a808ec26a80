/** An `indexedDB` whose databases open when the test says so; in Node and in a browser. */

/** What {@link lateFactory} makes. */
export interface LateFactory {
  /** Handed to the store. */
  readonly factory: IDBFactory;
  /** From now on no database opens. */
  hold(): void;
  /** Opens all that was asked for, and from now on at once. */
  release(): void;
  /** Lets all that was asked for fail instead, and from now on open at once. */
  refuse(): void;
  /** How many requests are held. */
  numHeld(): number;
}

const EVENTS = ['upgradeneeded', 'blocked', 'success', 'error'] as const;

/** A request that is made when `start` is called; its events are passed on in their own turn. */
function laterRequest(): {
  readonly request: IDBOpenDBRequest;
  readonly start: (make: () => IDBOpenDBRequest) => void;
  readonly fail: () => void;
} {
  const target = new EventTarget();
  let real: IDBOpenDBRequest | undefined;
  let error: DOMException | null = null;
  // idb knows a request by its prototype; whatever else it asks for is answered here.
  const request = Object.create(IDBRequest.prototype, {
    addEventListener: { value: target.addEventListener.bind(target) },
    removeEventListener: { value: target.removeEventListener.bind(target) },
    result: { get: () => real?.result },
    transaction: { get: () => real?.transaction },
    error: { get: () => real?.error ?? error },
  }) as IDBOpenDBRequest;
  return {
    request,
    start(make) {
      real = make();
      for (const type of EVENTS) {
        real.addEventListener(type, () => target.dispatchEvent(new Event(type)));
      }
    },
    fail() {
      error = new DOMException('made to fail', 'VersionError');
      target.dispatchEvent(new Event('error'));
    },
  };
}

/** Holds every `open` back until `release`; deleting is not held. */
export function lateFactory(factory: IDBFactory): LateFactory {
  let isHeld = true;
  const waiting: { start(): void; fail(): void }[] = [];
  return {
    factory: {
      open(name: string, version?: number) {
        if (!isHeld) return factory.open(name, version);
        const later = laterRequest();
        waiting.push({
          start: () => later.start(() => factory.open(name, version)),
          fail: () => later.fail(),
        });
        return later.request;
      },
      deleteDatabase: (name: string) => factory.deleteDatabase(name),
      databases: () => factory.databases(),
      cmp: (first: unknown, second: unknown) => factory.cmp(first, second),
    },
    hold() {
      isHeld = true;
    },
    release() {
      isHeld = false;
      for (const request of waiting.splice(0)) request.start();
    },
    refuse() {
      isHeld = false;
      for (const request of waiting.splice(0)) request.fail();
    },
    numHeld: () => waiting.length,
  };
}
