/** The limits of the wire contract, apart from its schemas: a browser needs these without those. */

/** Most files in one `create` call. */
export const MAX_FILES_PER_CREATE = 100;

/** Most parts in one `sign` call. */
export const MAX_PARTS_PER_SIGN = 64;

/** Most requests at once that parts are cut for. */
export const MAX_LANES = 24;

/** Most uploads in one `complete` call. */
export const MAX_COMPLETES = 50;

/** Most files in one pack, and most bytes of it. */
export const MAX_FILES_PER_PACK = 1024;
export const MAX_PACK_SIZE = 16 * 1024 * 1024;

/** Most fields of the app's own that come with a file, and longest name of one, in characters. */
export const MAX_META_FIELDS = 64;
export const MAX_META_NAME = 128;
/** Most regions that a page may name in one call. */
export const MAX_REGIONS = 64;
