/**
 * Vitrine's entry `vitrine/react`: rows that React draws, ranked on the device.
 *
 * On the server, and for the first draw on the page, rows are the server's order, so that both draw
 * the same; the worker starts after that.
 *
 * @packageDocumentation
 */
import {
  type ReactNode,
  type RefObject,
  createContext,
  createElement,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import {
  type FeedView,
  type ViewItem,
  type ViewRequest,
  type ViewRow,
  isSameList,
  rankView,
  serverView,
} from './client/feed-view.ts';
import { holdInstance } from './client/hold-instance.ts';
import { type Exposure, reportFeed } from './client/report-feed.ts';
import { type Candidates, type Vitrine, type VitrineOptions, createVitrine } from './index.ts';

export type { Exposure, FeedView, ViewItem, ViewRequest, ViewRow };

const Context = createContext<Vitrine | undefined>(undefined);

/** Properties of {@link VitrineProvider}. */
export interface VitrineProviderProps {
  /** As for `createVitrine`; read once. In a bundled app, `workerUrl` says where the worker is. */
  readonly options?: VitrineOptions;
  /** An instance of your own, which stays yours to dispose of; instead of `options`. */
  readonly vitrine?: Vitrine | undefined;
  /** What is inside. */
  readonly children?: ReactNode;
}

/** Makes an instance on the page, for as long as the component stands; none on the server. */
function useOwn(options: VitrineOptions | undefined, isGiven: boolean): Vitrine | undefined {
  const [own, setOwn] = useState<Vitrine>();
  const first = useRef(options);
  useEffect(() => {
    if (isGiven) return undefined;
    const end = holdInstance(() => createVitrine(first.current), setOwn);
    return () => {
      end();
      setOwn(undefined);
    };
  }, [isGiven]);
  return own;
}

/**
 * Makes one instance for all that is inside, once it stands on the page; disposes of it when it is
 * taken down.
 *
 * @param props - See {@link VitrineProviderProps}.
 * @returns The children; no element of its own.
 * @example createElement(VitrineProvider, { options: { workerUrl: '/vitrine/vitrine.worker.js' } }, app)
 */
export function VitrineProvider(props: VitrineProviderProps): ReactNode {
  const { children, options, vitrine } = props;
  const own = useOwn(options, vitrine !== undefined);
  return createElement(Context.Provider, { value: vitrine ?? own }, children);
}

/**
 * The instance of the provider around the component.
 *
 * @returns Undefined on the server, in the first draw, and without a provider.
 * @example useVitrine()?.track({ type: 'add_to_cart', itemId })
 */
export function useVitrine(): Vitrine | undefined {
  return useContext(Context);
}

/** Options of {@link useFeed}. */
export interface UseFeedOptions extends ViewRequest {
  /** Called once for each row that was seen: half of it for a second, on a page that is in front. */
  readonly onExposure?: (exposure: Exposure) => void;
}

/** What {@link useFeed} gives. */
export interface FeedState extends FeedView {
  /** For the element around the rows: what is seen and clicked in it is reported. */
  readonly ref: RefObject<HTMLElement | null>;
  /** Ranks anew. */
  readonly refresh: () => void;
}

/** Keeps the first of values that are the same. */
function useSame<T>(value: T, isSame: (one: T, other: T) => boolean): T {
  const kept = useRef(value);
  if (!isSame(kept.current, value)) kept.current = value;
  return kept.current;
}

/** What was ranked, and for what. */
interface Ranked {
  readonly server: FeedView;
  readonly view: FeedView;
}

/**
 * Ranks candidates into rows for your own components to draw.
 *
 * Put `ref` on the element around the rows, `data-vitrine-row={row.id}` on each row and
 * `data-vitrine-item={item.itemId}` on each card: then rows that were seen and cards that were
 * clicked are reported, as `<vitrine-feed>` does.
 *
 * @param candidates - As for `rerank`. For drawing on the server: the items themselves.
 * @param options - See {@link UseFeedOptions}.
 * @returns The server's order first, then the visitor's.
 * @example const { ref, rows } = useFeed(products, { rows: 4, rowSize: 6 });
 */
export function useFeed(candidates: Candidates, options: UseFeedOptions = {}): FeedState {
  const { onExposure, ...rest } = options;
  const vitrine = useVitrine();
  const list = useSame<Candidates>(candidates, isSameList);
  const request = useSame<ViewRequest>(
    rest,
    (one, other) => JSON.stringify(one) === JSON.stringify(other),
  );
  const server = useMemo(() => serverView(list, request), [list, request]);
  const [ranked, setRanked] = useState<Ranked>();
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    if (!vitrine) return undefined;
    let isOver = false;
    void rankView(vitrine, list, request).then((view) => {
      if (!isOver) setRanked({ server, view });
    });
    return () => {
      isOver = true;
    };
  }, [vitrine, list, request, server, turn]);
  // What was ranked for other candidates must not be drawn for these.
  const view = ranked?.server === server ? ranked.view : server;
  const ref = useRef<HTMLElement>(null);
  const told = useRef(onExposure);
  useEffect(() => {
    told.current = onExposure;
  });
  useEffect(() => {
    const { current: container } = ref;
    const { feed } = view;
    if (!container || !feed || !vitrine) return undefined;
    return reportFeed({ container, feed, vitrine, onExposure: (seen) => told.current?.(seen) });
  }, [view, vitrine]);
  const refresh = useCallback(() => setTurn((before) => before + 1), []);
  return { ...view, ref, refresh };
}
