/**
 * Late code: a module that is loaded beside the page's code, asked for anew where it failed before. Firefox (measured: 153) answers
 * each later import of it with the same failure and sends no request, for as long as the page lives. An address with
 * another fragment is another module to it, and the same file to the server. Other browsers ask again by themselves.
 */
export function arriving<Module>(module: Promise<Module>): Promise<Module> {
  return module.catch((cause) => {
    // Firefox's own words: only there is a second request made at once.
    const address = /^error loading .*: (.+)/.exec(cause?.message)?.[1];
    if (!address) throw cause;
    return import(/* @vite-ignore */ /* webpackIgnore: true */ /* turbopackIgnore: true */ `${address}#${Date.now()}`);
  });
}
