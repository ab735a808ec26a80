/**
 * Vitrine's entry `vitrine/vue`: rows that Vue draws, ranked on the device.
 *
 * On the server, and for the first draw on the page, rows are the server's order, so that both draw
 * the same; the worker starts with the application, and ranks once a component is mounted.
 *
 * @packageDocumentation
 */
import {
  type ComputedRef,
  type InjectionKey,
  type MaybeRefOrGetter,
  type Plugin,
  type Ref,
  type ShallowRef,
  computed,
  inject,
  onMounted,
  onScopeDispose,
  shallowRef,
  toValue,
  watch,
} from 'vue';
import {
  type FeedView,
  type ViewItem,
  type ViewRequest,
  type ViewRow,
  rankView,
  serverView,
} from './client/feed-view.ts';
import { holdInstance } from './client/hold-instance.ts';
import { type Exposure, reportFeed } from './client/report-feed.ts';
import {
  type Candidates,
  type Feed,
  type Vitrine,
  type VitrineOptions,
  createVitrine,
} from './index.ts';

export type { Exposure, FeedView, ViewItem, ViewRequest, ViewRow };

const KEY: InjectionKey<ShallowRef<Vitrine | undefined>> = Symbol('vitrine');

/**
 * Makes a plugin that makes one instance for the application, on the page only, and disposes of it
 * when the application is unmounted.
 *
 * @param options - As for `createVitrine`. In a bundled app, `workerUrl` says where the worker is.
 * @returns For `app.use`.
 * @example app.use(createVitrinePlugin({ workerUrl: '/vitrine/vitrine.worker.js' }))
 */
export function createVitrinePlugin(options: VitrineOptions = {}): Plugin {
  return {
    install(app) {
      const instance = shallowRef<Vitrine>();
      app.provide(KEY, instance);
      const end = holdInstance(
        () => createVitrine(options),
        (vitrine) => {
          instance.value = vitrine;
        },
      );
      app.onUnmount(() => {
        end();
        instance.value = undefined;
      });
    },
  };
}

/**
 * The application's instance.
 *
 * @returns Holds undefined on the server, before it is made, and without the plugin.
 * @example useVitrine().value?.track({ type: 'add_to_cart', itemId })
 */
export function useVitrine(): Readonly<ShallowRef<Vitrine | undefined>> {
  return inject(KEY, () => shallowRef<Vitrine>(), true);
}

/** Options of {@link useFeed}. */
export interface UseFeedOptions extends ViewRequest {
  /** Called once for each row that was seen: half of it for a second, on a page that is in front. */
  readonly onExposure?: (exposure: Exposure) => void;
}

/** What {@link useFeed} gives. */
export interface FeedState {
  /** As {@link FeedView}. */
  readonly rows: ComputedRef<readonly ViewRow[]>;
  /** As {@link FeedView}. */
  readonly isPersonalized: ComputedRef<boolean>;
  /** As {@link FeedView}. */
  readonly feed: ComputedRef<Feed | undefined>;
  /** For the element around the rows: what is seen and clicked in it is reported. */
  readonly root: Ref<HTMLElement | null>;
  /** Ranks anew. */
  readonly refresh: () => void;
}

/** What was ranked, and for what. */
interface Ranked {
  readonly server: FeedView;
  readonly view: FeedView;
}

/**
 * Ranks candidates into rows for your own components to draw.
 *
 * Put `ref="root"` on the element around the rows, `:data-vitrine-row="row.id"` on each row and
 * `:data-vitrine-item="item.itemId"` on each card: then rows that were seen and cards that were
 * clicked are reported, as `<vitrine-feed>` does.
 *
 * @param candidates - As for `rerank`. For drawing on the server: the items themselves.
 * @param options - See {@link UseFeedOptions}.
 * @returns The server's order first, then the visitor's.
 * @example const { root, rows } = useFeed(products, { rows: 4, rowSize: 6 });
 */
export function useFeed(
  candidates: MaybeRefOrGetter<Candidates>,
  options: MaybeRefOrGetter<UseFeedOptions> = {},
): FeedState {
  const vitrine = useVitrine();
  const request = computed((): ViewRequest => {
    const { onExposure: _, ...rest } = toValue(options);
    return rest;
  });
  const server = computed(() => serverView(toValue(candidates), request.value));
  const ranked = shallowRef<Ranked>();
  // What was ranked for other candidates must not be drawn for these.
  const view = computed(() =>
    ranked.value?.server === server.value ? ranked.value.view : server.value,
  );
  const turn = shallowRef(0);
  const root = shallowRef<HTMLElement | null>(null);
  let isOver = false;
  const rank = async (): Promise<void> => {
    const { value: made } = vitrine;
    const { value: before } = server;
    const { value: count } = turn;
    if (!made) return;
    const shown = await rankView(made, toValue(candidates), request.value);
    if (!isOver && server.value === before && turn.value === count) {
      ranked.value = { server: before, view: shown };
    }
  };
  onMounted(() => {
    watch([vitrine, server, turn], () => void rank(), { immediate: true });
    watch(
      [root, view, vitrine] as const,
      ([container, { feed }, made], _, onCleanup) => {
        if (!container || !feed || !made) return;
        const onExposure = (seen: Exposure): void => toValue(options).onExposure?.(seen);
        onCleanup(reportFeed({ container, feed, vitrine: made, onExposure }));
      },
      { flush: 'post', immediate: true },
    );
  });
  onScopeDispose(() => {
    isOver = true;
  });
  return {
    rows: computed(() => view.value.rows),
    isPersonalized: computed(() => view.value.isPersonalized),
    feed: computed(() => view.value.feed),
    root,
    refresh: () => {
      turn.value += 1;
    },
  };
}
