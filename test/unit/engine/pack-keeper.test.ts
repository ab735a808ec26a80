import { describe, expect, it } from 'vitest';
import { type OpenPack, PackKeeper } from '../../../src/engine/pack-keeper.ts';

describe('the keeper of packs', () => {
  it('keeps what is used again, however many slices come between', async () => {
    const opened: string[] = [];
    const open = async (url: string): Promise<OpenPack> => {
      opened.push(url);
      return { packId: url, isKilled: false, ranker: null, openFile: async () => null };
    };
    const never = (): Promise<void> => new Promise(() => undefined);
    const options = { pack: '/pack/', pageUrl: 'https://shop.test/' };
    const keeper = new PackKeeper(options, { open, openSlice: open, pause: never });
    for (let n = 0; n < 20; n++) {
      await keeper.get(`/slices/${n}`);
      await keeper.get();
    }
    await keeper.get('/slices/0');
    expect(opened.filter((url) => url === 'https://shop.test/pack/')).toHaveLength(1);
    expect(opened.filter((url) => url === 'https://shop.test/slices/0')).toHaveLength(2);
  });
});
