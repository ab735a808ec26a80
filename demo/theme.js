// Runs before the first paint: the colours of the last visit, and a mark that scripts work.
(() => {
  const root = document.documentElement;
  root.classList.add('js');
  try {
    const theme = localStorage.getItem('alder-theme');
    if (theme === 'light' || theme === 'dark') root.dataset.theme = theme;
  } catch {
    // Storage is blocked: the system's colours are right.
  }
  // A move from page to page that is cut short is no error.
  const quiet = (/** @type {PageSwapEvent | PageRevealEvent} */ { viewTransition }) => {
    viewTransition?.ready.catch(() => undefined);
    viewTransition?.finished.catch(() => undefined);
  };
  addEventListener('pageswap', quiet);
  addEventListener('pagereveal', quiet);
})();
