/**
 * Runs a module in a frame whose policy allows the page's own scripts and no WASM.
 *
 * @param script - Absolute URL of a module that posts one message to its parent.
 * @returns The message.
 */
export async function askStrictFrame<T>(script: string): Promise<T> {
  const { promise, resolve } = Promise.withResolvers<T>();
  const frame = document.createElement('iframe');
  addEventListener('message', (event) => {
    if (event.source === frame.contentWindow) resolve(event.data);
  });
  frame.srcdoc = `<meta http-equiv="Content-Security-Policy" content="script-src 'self'">
    <script type="module" src="${script}"></script>`;
  document.body.append(frame);
  const answer = await promise;
  frame.remove();
  return answer;
}
