/** In the worker, before the library's: the visitor's browser says Global Privacy Control. */
Object.defineProperty(navigator, 'globalPrivacyControl', { value: true });
