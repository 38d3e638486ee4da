/** The name in a Host header, without its port. */
export const hostName = (host: string): string =>
  host
    .toLowerCase()
    .replace(/:\d*$/, '')
    .replace(/^\[|\]$/g, '');

/** Whether an address or name is this machine's own. */
export const isLoopback = (host: string): boolean =>
  /^(?:localhost|127(?:\.\d{1,3}){3}|::1|0:0:0:0:0:0:0:1)$/.test(hostName(host));

/** Whether a name is an address, or of this network alone. Of any other name somebody far away says where it points to. */
export const isOfThisNetwork = (name: string): boolean =>
  /^(?:[\d.]+|[\da-f:.]*:[\da-f:.]*|[\w-]+|(?:.*\.)?localhost)$/.test(name);
