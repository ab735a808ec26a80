/**
 * Every message between page and worker: one interface, types only, imported by both threads.
 * Calls go through Comlink; errors cross as `{ name, code, message, stack }`.
 *
 * @packageDocumentation
 */
import type { Power } from './core/device-conditions.ts';
import type { VitrineErrorCode } from './core/errors.ts';
import type { GenerateRequest } from './core/generated.ts';
import type { LearnProgress, LearnResult, LearnStatus } from './core/learn.ts';
import type { Explanation } from './core/explanation.ts';
import type { Inspected } from './core/inspection.ts';
import type { Audit, ForgetQuery, ImportRequest } from './core/privacy.ts';
import type { PreviewRequest } from './core/preview.ts';
import type {
  Candidates,
  Consent,
  Feed,
  Interaction,
  Profile,
  ProfileExport,
  Segment,
  Stats,
  VitrineOptions,
} from './core/types.ts';

/** Options that cross to the worker: only what can be cloned. */
export type WorkerOptions = Omit<
  VitrineOptions,
  'now' | 'workerUrl' | 'timeoutMs' | 'logLevel' | 'pack'
> & {
  /** Whether the tab's visit is in gift mode. */
  readonly gift?: boolean;
  /** URL of the pack's folder, relative to the page. */
  readonly pack?: string;
  /** Address that the page's relative URLs start from. */
  readonly pageUrl: string;
  /** Where the worker's own files lie (WASM binaries). */
  readonly baseUrl: string;
};

/** Options of a rerank call that cross to the worker. */
export interface RerankRequest {
  readonly rows?: number;
  readonly rowSize?: number;
  readonly contextItemId?: string;
  readonly layout?: 'list';
  readonly preview?: PreviewRequest;
}

/** What the worker answers to. `now` is the page's clock at the call, in milliseconds. */
export interface WorkerApi {
  /** Opens storage and prepares the segments; call once, first. Brings the sentences of codes. */
  init(options: WorkerOptions, now: number): Promise<Partial<Record<VitrineErrorCode, string>>>;
  rerank(candidates: Exclude<Candidates, URL>, request: RerankRequest, now: number): Promise<Feed>;
  track(interaction: Interaction, now: number): Promise<void>;
  explain(itemId: string): Promise<Explanation>;
  inspect(request: unknown, now: number): Promise<Inspected>;
  listSegments(now: number): Promise<readonly Segment[]>;
  generate(request: GenerateRequest, now: number): Promise<Segment>;
  fromItems(itemIds: readonly string[], now: number): Promise<Segment>;
  setProfile(settings: unknown): Promise<void>;
  setSegment(segmentId: string, change: 'followed' | 'unfollowed' | 'blocked'): Promise<void>;
  profile(now: number): Promise<Profile>;
  /** Readable without a request; a capsule with `{ passphrase }`. */
  exportProfile(): Promise<ProfileExport>;
  exportProfile(request: unknown): Promise<ProfileExport | string>;
  importProfile(capsule: unknown, request?: ImportRequest): Promise<number>;
  forget(query: ForgetQuery, now: number): Promise<number>;
  undo(): Promise<number>;
  erase(): Promise<void>;
  setConsent(consent: Consent, by?: string): Promise<void>;
  /** `hasGiftNote`: whether the page's note of gift mode is there, which no worker can see. */
  audit(hasGiftNote: unknown): Promise<Audit>;
  stats(): Promise<Omit<Stats, 'worker'>>;
  /** The page is hidden, or back again. */
  rest(): Promise<void>;
  /** What the device runs on, which no worker can see. */
  power(left: Power): Promise<void>;
  learn(now: number): Promise<LearnResult>;
  learnAbort(): Promise<void>;
  learnStatus(): Promise<LearnStatus>;
  learnRollback(version: number): Promise<void>;
}

/** What the worker tells without being asked, posted as `{ told: [event, detail] }`. */
export type Told =
  | ['learn', LearnResult]
  | ['learning', LearnProgress]
  | ['feed', Feed]
  | ['consent', { readonly consent: Consent }];
