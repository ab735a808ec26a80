export default {
  build: {
    outDir: 'out',
    emptyOutDir: false,
    rollupOptions: { input: 'client.js', output: { entryFileNames: '[name].js' } },
  },
};
