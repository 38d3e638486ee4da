/** How the page signs: with Portage's server, or as an existing Uppy app does. */
export type Setup =
  | { readonly endpoint: string; readonly route?: string }
  | { readonly signAt: string; readonly signsType?: boolean }
  | { readonly companionEndpoint: string }
  | { readonly s3Endpoint: string; readonly accessKeyId: string; readonly secretAccessKey: string };

/** The options of the plugin for it; functions are made here, since none can be handed to a page. */
export function signingOptions(setup: Setup): object {
  if ('endpoint' in setup || 'companionEndpoint' in setup) return setup;
  if ('signAt' in setup) {
    const signRequest = async (request: object) => {
      const response = await fetch(setup.signAt, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        // As Amazon's SDK signs: no type, unless it is told to.
        body: JSON.stringify(setup.signsType === false ? { ...request, contentType: undefined } : request),
      });
      return response.json();
    };
    return { signRequest };
  }
  const { s3Endpoint, ...credentials } = setup;
  return { s3Endpoint, region: 'us-east-1', getCredentials: async () => ({ credentials, region: 'us-east-1' }) };
}
