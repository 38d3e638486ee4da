/** The limits of the wire contract, apart from its schemas: a browser needs these without those. */

/** Most files in one `create` call. */
export const MAX_FILES_PER_CREATE = 100;

/** Most parts in one `sign` call. */
export const MAX_PARTS_PER_SIGN = 64;
