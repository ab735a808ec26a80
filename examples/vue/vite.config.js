export default {
  define: {
    __VUE_OPTIONS_API__: true,
    __VUE_PROD_DEVTOOLS__: false,
    __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: false,
  },
  build: {
    outDir: 'out',
    emptyOutDir: false,
    rollupOptions: { input: 'client.js', output: { entryFileNames: '[name].js' } },
  },
};
